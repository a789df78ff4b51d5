import { FileLoader, LoadingManager, type Object3D, TextureLoader } from "three"
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js"

/** Reads glTF, binary or not. What it refers to elsewhere is not fetched: then it throws. */
export async function readShape(bytes: ArrayBuffer): Promise<Object3D> {
  const manager = new LoadingManager()
  manager.setURLModifier((url) => {
    if (/^(blob|data):/.test(url)) return url
    throw new Error("This shape needs files that are not in it.")
  })
  const loader = new GLTFLoader(manager)
  loader.register((parser) => {
    // The loader's own ones use `fetch`, which the page's policy allows for this site only.
    parser.textureLoader = new TextureLoader(manager)
    parser.fileLoader = new DataLoader(manager)
    return { name: "from within" }
  })
  const { scene } = await loader.parseAsync(bytes, "")
  return scene
}

/** Bytes that are written into an address. */
class DataLoader extends FileLoader {
  override load(...[url, onLoad, , onError]: Parameters<FileLoader["load"]>): void {
    try {
      const data = this.manager.resolveURL(url)
      const text = atob(data.slice(data.indexOf(",") + 1))
      onLoad?.(Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer)
    } catch (error) {
      onError?.(error)
    }
  }
}
