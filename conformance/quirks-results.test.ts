import { createServer } from "node:http"
import { expect, test } from "@playwright/test"
import { make, replay } from "../lib/aiml/testing"
import { isPublicAddress, lookupChecked } from "../lib/files/addresses"
import { download } from "../lib/files/download"

// Quirks of the vendor's API by number: where results are downloaded from.

test("23: a signed address, plain http too, is fetched whole as it was given", async () => {
  const bytes = Buffer.from("a picture that expires")
  const server = createServer((request, response) => {
    const isSigned = request.url === "/a%2Fb.png?Expires=1&Signature=x%2By%3D&again=1&again=2"
    response.writeHead(isSigned ? 200 : 403).end(isSigned ? bytes : "expired")
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
  try {
    const url = `${origin}/a%2Fb.png?Expires=1&Signature=x%2By%3D&again=1&again=2`
    const done = await make(
      replay({
        path: "/v1/images/generations",
        properties: { prompt: { type: "string" } },
        answers: [() => Response.json({ data: [{ url }] })],
      }),
    )
    if (done.state !== "done") throw new Error("not done")
    const [output] = done.outputs
    if (output?.type !== "media" || !("url" in output.source)) throw new Error("no address")
    expect(output.name).toBe("a/b.png")
    const { bytes: read } = await download(output.source.url, {
      allowedOrigin: origin,
      maxBytes: 1_000,
    })
    const pieces = await Array.fromAsync(read)
    expect(Buffer.concat(pieces).toString()).toBe(bytes.toString())
  } finally {
    server.close()
  }
})

test("24: results may lie on any public host, by whatever name, and on no inner one", () => {
  const resolved = (hostname: string, address: string) => {
    let refused = ""
    lookupChecked(
      (_name, _options, callback) => callback(null, [{ address, family: 4 }]),
      hostname,
      {},
      (error) => {
        refused = error ? String(Object(error).code) : "reached"
      },
    )
    return refused
  }
  const hosts = [
    ...["cdn.aimlapi.com", "dashscope-result.oss-cn.aliyuncs.com", "ark.ap-southeast.volces.com"],
    ...["oaidalleapiprodscus.blob.core.windows.net", "v3b.fal.media", "p2-kling.klingai.com"],
  ]
  for (const host of hosts) {
    expect(resolved(host, "47.88.1.2")).toBe("reached")
    expect(resolved(host, "10.0.0.7")).toBe("file_refused")
  }
  expect(isPublicAddress("169.254.169.254")).toBe(false)
})
