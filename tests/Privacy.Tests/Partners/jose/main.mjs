// A partner's program on a library of its own. It hears its secret key and the data of an event, a line of JSON each, and
// tells what it reads.
import { createInterface } from 'node:readline'
import { compactDecrypt, importJWK } from 'jose'

const tell = (step, facts) => console.log(JSON.stringify({ step, ...facts }))

for await (const line of createInterface({ input: process.stdin })) {
  const { key, data } = JSON.parse(line)
  try {
    const secret = await importJWK(key, 'ECDH-ES')
    const read = {}
    for (const [member, { jwe }] of Object.entries(data)) {
      const { plaintext, protectedHeader } = await compactDecrypt(jwe, secret)
      read[member] = { value: JSON.parse(new TextDecoder().decode(plaintext)), kid: protectedHeader.kid }
    }
    tell('read', { read })
  } catch (error) {
    tell('refused', { error: error.code })
  }
}
