import type { Mesh } from "./mesh"

const arrayBuffer = 34962
const float = 5126

function padded(bytes: Buffer, filler: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4, filler)])
}

function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32LE(content.length, 0)
  head.write(type, 4, "latin1")
  return Buffer.concat([head, content])
}

function floats(values: number[]): Buffer {
  return Buffer.from(Float32Array.from(values).buffer)
}

/** A mesh as a binary glTF 2.0 file. */
export function encodeGlb({ name, triangles }: Mesh): Uint8Array {
  const points = triangles.flatMap(({ corners }) => [...corners])
  const repeated = <Value>(value: Value) => [value, value, value]
  const positions = floats(points.flat())
  const normals = floats(triangles.flatMap(({ normal }) => repeated([...normal]).flat()))
  const colours = floats(
    // Files hold light, not screen values.
    triangles.flatMap(({ colour }) => repeated(colour.map((part) => (part / 255) ** 2.2)).flat()),
  )
  const views = [positions, normals, colours]
  const ends = (choose: (...values: number[]) => number) =>
    [0, 1, 2].map((axis) => Math.fround(choose(...points.map((point) => point[axis] ?? 0))))
  const accessors = views.map((_, bufferView) => ({
    bufferView,
    componentType: float,
    count: points.length,
    type: "VEC3",
    ...(bufferView === 0 && { min: ends(Math.min), max: ends(Math.max) }),
  }))
  const scene = {
    asset: { version: "2.0", generator: "simulator" },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, name }],
    meshes: [
      {
        name,
        primitives: [{ attributes: { POSITION: 0, NORMAL: 1, COLOR_0: 2 }, material: 0 }],
      },
    ],
    materials: [{ pbrMetallicRoughness: { metallicFactor: 0.1, roughnessFactor: 0.5 } }],
    accessors,
    bufferViews: views.map((view, index) => ({
      buffer: 0,
      byteOffset: views.slice(0, index).reduce((sum, { length }) => sum + length, 0),
      byteLength: view.length,
      target: arrayBuffer,
    })),
    buffers: [{ byteLength: views.reduce((sum, { length }) => sum + length, 0) }],
  }
  const json = chunk("JSON", padded(Buffer.from(JSON.stringify(scene)), 0x20))
  const binary = chunk("BIN\0", padded(Buffer.concat(views), 0))
  const head = Buffer.alloc(12)
  head.write("glTF", 0, "latin1")
  head.writeUInt32LE(2, 4)
  head.writeUInt32LE(12 + json.length + binary.length, 8)
  return Buffer.concat([head, json, binary])
}

/** A mesh as OBJ text, with a colour on every corner. */
export function encodeObj({ name, triangles }: Mesh): Uint8Array {
  const lines = [`o ${name}`]
  const row = (values: readonly number[]) => values.map((value) => value.toFixed(5)).join(" ")
  for (const { corners, colour } of triangles) {
    for (const corner of corners) lines.push(`v ${row([...corner, ...colour.map((c) => c / 255)])}`)
  }
  for (const { normal } of triangles) lines.push(`vn ${row(normal)}`)
  for (const index of triangles.keys()) {
    const [first, face] = [index * 3 + 1, index + 1]
    lines.push(`f ${first}//${face} ${first + 1}//${face} ${first + 2}//${face}`)
  }
  return Buffer.from(`${lines.join("\n")}\n`)
}
