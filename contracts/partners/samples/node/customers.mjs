// Knows who its customers are: decrypts what is for its key alone, and does and acknowledges what it owes them.
import { compactDecrypt, importJWK } from 'jose'
import { ask } from './eperfect.mjs'

const key = await importJWK(JSON.parse(process.env.PARTNER_KEY), 'ECDH-ES')
const customers = new Map() // in real life: in your database, with the position in the same transaction
const told = new Map() // when it was so: the right value may come before the correction

for (let after; ;) {
  const page = await ask('GET', `/feed?wait=20${after === undefined ? '' : `&after=${after}`}`)
  for (const event of page.events) await take(event)
  after = page.next
}

async function take({ id, type, subject, time, data }) {
  const known = customers.get(subject) ?? {}
  switch (type) {
    case 'com.eperfect.customer.shared.v1':
      for (const [member, { jwe }] of Object.entries(data)) {
        known[member] = await open(jwe)
        told.set(subject + member, Date.parse(time))
      }
      customers.set(subject, known)
      break
    case 'com.eperfect.customer.rectified.v1':
      for (const member of data.corrected) if (told.get(subject + member) < Date.parse(data.rectifiedAt)) delete known[member]
      break
    case 'com.eperfect.customer.sharing-withdrawn.v1':
    case 'com.eperfect.customer.erased.v1':
      customers.delete(subject)
      break
    default:
      return
  }
  // Acknowledged when it is done, not before; again does no harm.
  if (!type.includes('.shared.')) await ask('POST', '/acknowledgements', { eventId: id })
  console.log(type, subject, JSON.stringify(customers.get(subject) ?? null))
}

async function open(jwe) {
  const { plaintext } = await compactDecrypt(jwe, key)
  return JSON.parse(new TextDecoder().decode(plaintext))
}
