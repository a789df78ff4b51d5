import { pick, series } from "../random"
import { type Colour, colourOf } from "./raster"

type Point = readonly [x: number, y: number, z: number]
type Triangle = readonly [Point, Point, Point]

/** A solid of flat, coloured triangles. */
export interface Mesh {
  name: string
  triangles: { corners: Triangle; normal: Point; colour: Colour }[]
}

const golden = (1 + Math.sqrt(5)) / 2

const subtract = (left: Point, right: Point): Point => [
  left[0] - right[0],
  left[1] - right[1],
  left[2] - right[2],
]
const cross = (left: Point, right: Point): Point => [
  left[1] * right[2] - left[2] * right[1],
  left[2] * right[0] - left[0] * right[2],
  left[0] * right[1] - left[1] * right[0],
]
const dot = (left: Point, right: Point) =>
  left[0] * right[0] + left[1] * right[1] + left[2] * right[2]

function unit(point: Point): Point {
  const length = Math.sqrt(dot(point, point)) || 1
  return [point[0] / length, point[1] / length, point[2] / length]
}

function normalOf([first, second, third]: Triangle): Point {
  return unit(cross(subtract(second, first), subtract(third, first)))
}

/** The outside of a convex solid, from nothing but its corners. */
function hull(corners: Point[]): Triangle[] {
  const points = corners.map(unit)
  const faces: Triangle[] = []
  for (const [i, first] of points.entries()) {
    for (const [j, second] of points.entries()) {
      for (const [k, third] of points.entries()) {
        if (j <= i || k <= i || j === k) continue
        const normal = normalOf([first, second, third])
        const height = dot(normal, first)
        if (height < 0.01 || points.some((point) => dot(normal, point) > height + 0.001)) continue
        const isFlat = points.filter((point) => dot(normal, point) > height - 0.001).length === 3
        if (isFlat) faces.push([first, second, third])
      }
    }
  }
  return faces
}

const signs = [-1, 1] as const
const turned = ([x, y, z]: Point): Point[] => [
  [x, y, z],
  [y, z, x],
  [z, x, y],
]

function cube(): Triangle[] {
  return [0, 1, 2].flatMap((turn) =>
    signs.flatMap((side): Triangle[] => {
      const at = (x: number, y: number): Point => {
        const corner: Point = [x * side * 0.6, y * 0.6, side * 0.6]
        return turned(corner)[turn] ?? corner
      }
      return [
        [at(-1, -1), at(1, -1), at(1, 1)],
        [at(-1, -1), at(1, 1), at(-1, 1)],
      ]
    }),
  )
}

function torus(): Triangle[] {
  const [around, across] = [36, 18]
  const at = (step: number, turn: number): Point => {
    const [wide, narrow] = [(step / around) * 2 * Math.PI, (turn / across) * 2 * Math.PI]
    const distance = 0.7 + 0.3 * Math.cos(narrow)
    return [distance * Math.cos(wide), 0.3 * Math.sin(narrow), -distance * Math.sin(wide)]
  }
  return Array.from({ length: around * across }, (_, index): Triangle[] => {
    const [step, turn] = [index % around, Math.floor(index / around)]
    const [near, far] = [at(step, turn), at(step + 1, turn + 1)]
    return [
      [near, at(step + 1, turn), far],
      [near, far, at(step, turn + 1)],
    ]
  }).flat()
}

const solids = {
  tetrahedron: () =>
    hull([
      [1, 1, 1],
      [1, -1, -1],
      [-1, 1, -1],
      [-1, -1, 1],
    ]),
  cube,
  octahedron: () => hull(signs.flatMap((sign) => turned([sign, 0, 0]))),
  icosahedron: () =>
    hull(signs.flatMap((one) => signs.flatMap((two) => turned([0, one, two * golden])))),
  torus,
}

/** A solid whose form and colours come from a text. */
export function meshOf(seed: string): Mesh {
  const name = pick(`solid ${seed}`, [
    "tetrahedron",
    "cube",
    "octahedron",
    "icosahedron",
    "torus",
  ] as const)
  const hue = series(`mesh ${seed}`)() * 360
  const triangles = solids[name]().map((corners) => {
    const normal = normalOf(corners)
    const shade = Math.atan2(normal[2], normal[0]) / Math.PI
    return { corners, normal, colour: colourOf(hue + shade * 60, 0.65, 0.55 + normal[1] * 0.2) }
  })
  return { name, triangles }
}
