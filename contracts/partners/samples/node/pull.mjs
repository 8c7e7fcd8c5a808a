// Takes the feed by asking. Where it stopped is in the file `position`: killed anywhere, it goes on from there.
import { readFileSync, writeFileSync, renameSync, existsSync } from 'node:fs'
import { ask } from './eperfect.mjs'

let after = existsSync('position') ? readFileSync('position', 'utf8') : undefined
while (true) {
  // Waits up to 20 seconds for something to happen.
  const page = await ask('GET', `/feed?wait=20${after === undefined ? '' : `&after=${after}`}`)
  for (const event of page.events) console.log(event.position, event.type, event.id, JSON.stringify(event.data))
  // First what the events ask for, then the place: done twice is better than not at all, and ids tell it.
  writeFileSync('position.new', `${(after = page.next)}`)
  renameSync('position.new', 'position')
}
