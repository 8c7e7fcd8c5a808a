// An operator in front of Chromium, without JavaScript: the pages must not need it. It says step by step what it sees.
import { execFileSync } from 'node:child_process'
import { createInterface } from 'node:readline/promises'
import { chromium } from 'playwright-core'

const [gateway, folder, email, password, order] = process.argv.slice(2)
const tell = (step, facts) => console.log(JSON.stringify({ step, ...facts }))
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const told = async () => (await lines.next()).value
const whereis = program => execFileSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim()

const browser = await chromium.launch({
  executablePath: whereis('chromium'),
  args: [
    '--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--no-first-run',
  ],
})
const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 1000 } })
const page = await context.newPage()
const complaints = []
page.on('console', message => {
  if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) complaints.push(message.text())
})

const titleOf = () => page.textContent('h1')
const texts = async selector => (await page.locator(selector).allTextContents()).map(text => text.trim().replace(/\s+/g, ' '))
const go = path => page.goto(new URL(path, gateway).href)
const follow = name => page.getByRole('link', { name }).first().click()
const press = name => page.getByRole('button', { name, exact: true }).click()
const keep = name => page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
const signIn = async (address, secret) => {
  await page.fill('[name=Email]', address)
  await page.fill('[name=Password]', secret)
  await press('Sign in')
}

await go('/operations')
const asked = new URL(page.url()).pathname
await signIn(email, password)
await page.fill('[name=Code]', await told())
await press('Go on')
await keep('overview')
tell('overview', {
  asked,
  title: await titleOf(),
  sections: await texts('h2'),
  instances: await texts('section[aria-labelledby=health] tbody th'),
  failed: await texts('section[aria-labelledby=failed] tbody th'),
  lags: (await texts('section[aria-labelledby=lag] tbody th')).length,
  captions: (await texts('caption')).length,
  tables: await page.locator('table').count(),
})

await follow('Stop webhook')
await keep('confirmation')
const does = await page.textContent('main > p')
await page.fill('[name=Reason]', 'they are called twice!')
await press('Stop')
const refused = await texts('[role=alert] li')
await page.fill('[name=Reason]', 'incident:called-twice')
await press('Stop')
tell('stopped', {
  does, refused, says: await page.textContent('[role=status]'),
  row: (await texts('section[aria-labelledby=effects] tbody tr')).find(row => row.startsWith('webhook')),
})
await follow('Resume webhook')
await page.fill('[name=Reason]', 'incident:called-twice')
await press('Resume')
tell('resumed', { row: (await texts('section[aria-labelledby=effects] tbody tr')).find(row => row.startsWith('webhook')) })

await page.selectOption('#kind', 'orders')
await page.fill('#id', order)
await press('Show')
await keep('story')
tell('story', { title: await titleOf(), events: await texts('tbody th'), text: await page.textContent('main') })
await page.locator('tbody a[href^="/operations/traces/"]').first().click()
await keep('trace')
tell('trace', {
  title: await titleOf(), services: await texts('tbody td:nth-child(2)'), bars: await page.locator('svg rect').count(),
})

await go('/operations/messages')
await keep('messages')
const messages = await page.textContent('main')
await follow(/^Replay/)
await page.fill('[name=Reason]', 'alert:poisoned-messages')
await press('Replay')
tell('replayed', { messages, says: await page.textContent('[role=status]') })

await context.clearCookies()
await go('/operations')
await signIn(...JSON.parse(await told()))
const answer = await go('/operations')
tell('no-operator', { title: await titleOf(), status: answer.status(), complaints })
await browser.close()
process.exit(0)
