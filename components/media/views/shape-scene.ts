import {
  Box3,
  DirectionalLight,
  HemisphereLight,
  MathUtils,
  Mesh,
  MeshStandardMaterial,
  NeutralToneMapping,
  type Object3D,
  PerspectiveCamera,
  Scene,
  Sphere,
  Vector3,
  WebGLRenderer,
} from "three"
import { readShape } from "./shape-file"

const radiansPerPixel = 0.009
const firstTurn = { around: 0.6, down: 1.15, distance: 1 }

/** A shape in plain light, seen by a camera that goes around it. Draws only when something changed. */
export class ShapeScene {
  readonly #renderer: WebGLRenderer
  readonly #scene = new Scene()
  readonly #camera = new PerspectiveCamera(35)
  readonly #sphere: Sphere
  readonly #observer: ResizeObserver
  #place = { ...firstTurn }
  #frame = 0

  /** Throws for what is no shape, and where the browser draws none. */
  static async open(element: HTMLElement, bytes: ArrayBuffer): Promise<ShapeScene> {
    return new ShapeScene(element, await readShape(bytes))
  }

  private constructor(element: HTMLElement, shape: Object3D) {
    this.#sphere = new Box3().setFromObject(shape).getBoundingSphere(new Sphere())
    if (!(this.#sphere.radius > 0)) throw new Error("There is nothing in this shape.")
    this.#renderer = new WebGLRenderer({ antialias: true, alpha: true })
    this.#renderer.setPixelRatio(Math.min(2, devicePixelRatio))
    this.#renderer.toneMapping = NeutralToneMapping // bright colours keep their shades
    dull(shape)
    // One light from the sky and one that goes along with the eye.
    const lamp = new DirectionalLight(0xffffff, 2)
    lamp.position.set(1, 1.5, 1).multiplyScalar(this.#sphere.radius)
    this.#camera.add(lamp)
    this.#scene.add(shape, this.#camera, new HemisphereLight(0xffffff, 0x777777, 1.6))
    element.append(this.#renderer.domElement)
    this.#observer = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element
      if (clientWidth === 0) return
      this.#renderer.setSize(clientWidth, clientHeight)
      this.#camera.aspect = clientWidth / clientHeight
      this.#draw()
    })
    this.#observer.observe(element)
  }

  turn(x: number, y: number): void {
    this.#place.around -= x * radiansPerPixel
    this.#place.down = MathUtils.clamp(this.#place.down - y * radiansPerPixel, 0.05, Math.PI - 0.05)
    this.#drawSoon()
  }

  zoom(factor: number): void {
    this.#place.distance = MathUtils.clamp(this.#place.distance / factor, 0.15, 4)
    this.#drawSoon()
  }

  reset(): void {
    this.#place = { ...firstTurn }
    this.#drawSoon()
  }

  close(): void {
    cancelAnimationFrame(this.#frame)
    this.#observer.disconnect()
    this.#scene.traverse((object) => object instanceof Mesh && object.geometry.dispose())
    this.#renderer.dispose()
    this.#renderer.forceContextLoss() // the browser's count of drawings goes down now, not some day
    this.#renderer.domElement.remove()
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    const { center, radius } = this.#sphere
    const camera = this.#camera
    const halfAngle = MathUtils.degToRad(camera.fov / 2)
    const narrow = Math.min(halfAngle, Math.atan(Math.tan(halfAngle) * camera.aspect))
    const distance = (radius / Math.sin(narrow)) * this.#place.distance
    const offset = new Vector3().setFromSphericalCoords(
      distance,
      this.#place.down,
      this.#place.around,
    )
    camera.position.copy(center).add(offset)
    camera.lookAt(center)
    camera.near = Math.max(distance - radius * 1.5, distance / 100)
    camera.far = distance + radius * 1.5
    camera.updateProjectionMatrix()
    this.#renderer.render(this.#scene, camera)
  }
}

/** Metal without a room to mirror is black, and to draw a room takes seconds where there is no graphics card. */
function dull(shape: Object3D): void {
  shape.traverse((object) => {
    if (!(object instanceof Mesh)) return
    for (const material of [object.material].flat()) {
      if (!(material instanceof MeshStandardMaterial)) continue
      material.metalness = Math.min(0.2, material.metalness)
      material.metalnessMap = null
    }
  })
}
