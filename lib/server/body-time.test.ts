import { once } from "node:events"
import { createServer } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { setTimeout as pause } from "node:timers/promises"
import { expect, test } from "@playwright/test"
import { boundBodies } from "./body-time"

boundBodies({ bodyMs: 3_600_000, silenceMs: 150 })

async function begin(announced: number) {
  const server = createServer((request, response) => {
    request.resume().once("end", () => response.end("all of it"))
    request.on("error", () => undefined)
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1")
  let answer = ""
  socket.on("data", (data) => {
    answer += data
  })
  socket.on("error", () => undefined)
  const closed = once(socket, "close")
  socket.write(
    `POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${announced}\r\n\r\n`,
  )
  return { server, socket, closed, answer: () => answer }
}

test("a body that comes slowly comes to its end, however long that takes", async () => {
  const { server, socket, closed, answer } = await begin(20)
  for (let sent = 0; sent < 20; sent += 1) {
    socket.write("x")
    await pause(30)
  }
  await closed
  expect(answer()).toContain("all of it")
  expect(server.requestTimeout).toBe(3_600_000)
  server.close()
})

test("a sender that stops loses the connection", async () => {
  const { server, socket, closed, answer } = await begin(20)
  socket.write("xxx")
  await closed
  expect(answer()).toBe("")
  server.close()
})
