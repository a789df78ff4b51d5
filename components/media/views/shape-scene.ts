import {
  Box3,
  DirectionalLight,
  MathUtils,
  Mesh,
  NeutralToneMapping,
  type Object3D,
  PerspectiveCamera,
  PMREMGenerator,
  Scene,
  Sphere,
  Vector3,
  WebGLRenderer,
} from "three"
import { RoomEnvironment } from "three/addons/environments/RoomEnvironment.js"
import { readShape } from "./shape-file"

const radiansPerPixel = 0.009
const firstTurn = { around: 0.6, down: 1.15, distance: 1 }

/** A shape in the light of a room, seen by a camera that goes around it. Draws only when something changed. */
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
    const generator = new PMREMGenerator(this.#renderer)
    this.#scene.environment = generator.fromScene(new RoomEnvironment(), 0.04).texture
    this.#scene.environmentIntensity = 0.8
    generator.dispose()
    const light = new DirectionalLight(0xffffff, 0.7)
    light.position.set(2, 3, 2)
    this.#scene.add(shape, light)
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
    this.#scene.environment?.dispose()
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
