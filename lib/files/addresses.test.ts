import { expect, test } from "@playwright/test"
import { isPublicAddress, lookupChecked, lookupPublic } from "./addresses"

test("addresses of the internet are public", () => {
  for (const address of [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2a00:1450:4001:82a::200e",
  ]) {
    expect(isPublicAddress(address), address).toBe(true)
  }
})

test("addresses of this machine, of networks near it and of no network are not", () => {
  for (const address of [
    ...["0.0.0.0", "0.1.2.3", "127.0.0.1", "127.255.255.254", "10.0.0.1", "192.168.1.1"],
    ...["172.16.0.1", "172.31.255.255", "169.254.169.254", "100.64.0.1", "100.127.255.255"],
    ...["192.0.0.8", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "198.19.255.255"],
    ...["192.88.99.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"],
    ...["::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1"],
    ...["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:8.8.8.8", "::127.0.0.1", "::ffff:0:127.0.0.1"],
    ...["64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::a00:1", "100::1", "5f00::1"],
    ...["2001::1", "2001:db8::1", "2001:10::1", "2001:20::1", "2002:7f00:1::", "3fff::1"],
    ...["", "localhost", "1.2.3", "0x7f000001"],
  ]) {
    expect(isPublicAddress(address), address).toBe(false)
  }
})

type Answer = { error: unknown; address: unknown }
const publicOne = { address: "93.184.216.34", family: 4 }
const publicTwo = { address: "2606:4700::1", family: 6 }

function ask(found: { address: string; family: number }[], all: boolean): Promise<Answer> {
  const resolve: Parameters<typeof lookupChecked>[0] = (_hostname, _options, callback) =>
    callback(null, found)
  return new Promise((done) => {
    lookupChecked(resolve, "a.example", { all }, (error, address) => done({ error, address }))
  })
}

test("a name is refused when any of its addresses is not public", async () => {
  const near = { address: "10.0.0.7", family: 4 }
  for (const all of [true, false]) {
    const { error } = await ask([publicOne, near], all)
    expect(error).toMatchObject({ code: "file_refused" })
  }
  expect(await ask([], true)).toMatchObject({ error: { code: "file_lost" } })
})

test("the connection gets exactly what was checked", async () => {
  const both = [publicOne, publicTwo]
  expect(await ask(both, true)).toEqual({ error: null, address: both })
  expect(await ask(both, false)).toEqual({ error: null, address: publicOne.address })
})

test("this machine's own name is refused", async () => {
  const error = await new Promise((done) => lookupPublic("localhost", { all: true }, done))
  expect(error).toMatchObject({ code: "file_refused" })
})
