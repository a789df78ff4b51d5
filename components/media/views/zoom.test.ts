import { expect, test } from "@playwright/test"
import { dragged, fitted, roomOf, zoomed } from "./zoom"

const frame = { width: 400, height: 300 }
const room = roomOf(frame, frame)
const middle = { x: 0, y: 0 }

test("a picture fits whole, and a small one keeps its size", () => {
  expect(roomOf({ width: 1600, height: 600 }, frame).fit).toEqual({ width: 400, height: 150 })
  expect(roomOf({ width: 40, height: 30 }, frame).fit).toEqual({ width: 40, height: 30 })
})

test("what lies under the pointer stays under it", () => {
  const at = { x: 100, y: -50 }
  const once = zoomed(fitted, 2, at, room)
  expect(once).toEqual({ scale: 2, x: -100, y: 50 })
  const place = (view: typeof once) => [(at.x - view.x) / view.scale, (at.y - view.y) / view.scale]
  expect(place(zoomed(once, 1.5, at, room))).toEqual(place(once))
})

test("zooming ends at the fit, and where each pixel of a large picture can be seen", () => {
  expect(zoomed({ scale: 2, x: 30, y: 0 }, 0.1, middle, room)).toEqual(fitted)
  expect(zoomed(fitted, 100, middle, room).scale).toBe(8)
  const large = roomOf({ width: 8_000, height: 600 }, frame)
  expect(zoomed(fitted, 100, middle, large).scale).toBe(40)
})

test("a drag ends at the edges, and what lies whole does not move", () => {
  expect(dragged(fitted, 50, 50, room)).toEqual(fitted)
  expect(dragged({ scale: 2, x: 0, y: 0 }, 900, -20, room)).toEqual({ scale: 2, x: 200, y: -20 })
})
