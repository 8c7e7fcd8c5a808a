// A person in front of Chromium, with a device that keeps passkeys (WebAuthn's virtual authenticator). It says step by
// step what it sees, and is told the links that came by mail.
import { execFileSync } from 'node:child_process'
import { createInterface } from 'node:readline/promises'
import { chromium } from 'playwright-core'

const [gateway, email, password] = process.argv.slice(2)
const tell = (step, facts) => console.log(JSON.stringify({ step, ...facts }))
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()

const whereis = program => execFileSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim()

const browser = await chromium.launch({
  executablePath: whereis('chromium'),
  args: [
    '--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--no-first-run',
  ],
})

const titleOf = page => page.textContent('h1')
const press = async (page, button) => {
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: button, exact: true }).click()])
}

const signUp = async (page, address, step) => {
  await page.goto(new URL('/identity/sign-up', gateway).href)
  await page.fill('[name=Email]', address)
  await press(page, 'Sign up')
  tell(step, { title: await titleOf(page) })
  await page.goto((await lines.next()).value)
  await page.fill('[name=Password]', password)
  await press(page, 'Finish')
  tell('signed-up', { title: await titleOf(page) })
}

const signOut = async page => {
  await page.goto(new URL('/identity/sign-out', gateway).href)
  await press(page, 'Sign out')
  tell('signed-out', { title: await titleOf(page) })
}

const context = await browser.newContext()
const page = await context.newPage()
const complaints = []
page.on('pageerror', error => complaints.push(error.message))
page.on('console', message => {
  if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) complaints.push(message.text())
})

const device = await context.newCDPSession(page)
await device.send('WebAuthn.enable')
const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
  options: {
    protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
    automaticPresenceSimulation: true,
  },
})

await signUp(page, email, 'asked')
await page.goto(new URL('/identity/passkeys/add', gateway).href)
await page.selectOption('[name=Place]', 'Computer')
await press(page, 'Add a passkey')
const { credentials } = await device.send('WebAuthn.getCredentials', { authenticatorId })
tell('added', { title: await titleOf(page), kept: credentials.length })
await signOut(page)

await page.goto(new URL('/identity/sign-in', gateway).href)
await press(page, 'Sign in with a passkey')
tell('signed-in', {
  title: await titleOf(page),
  as: await page.textContent('main strong'),
  passkey: await page.getByText('Computer, added').first().textContent(),
})

// Who must not be there is told so, and may try again.
await signOut(page)
await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
await page.goto(new URL('/identity/sign-in', gateway).href)
await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
await page.locator('.error[role=alert]:not([hidden])').waitFor()
tell('refused', { title: await titleOf(page) })
const alone = [...complaints]

// The policy does hold: nothing but the pages' own files runs.
await page.addScriptTag({ content: 'window.slippedIn = true' }).catch(() => {})
await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.slippedIn = true">'))
await page.waitForTimeout(300)
tell('strict', {
  complaints: alone,
  slippedIn: await page.evaluate(() => window.slippedIn === true),
  violations: complaints.filter(one => one.includes('Content Security Policy')).length,
})
await context.close()

const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
await signUp(plain, `plain.${email}`, 'asked')
await signOut(plain)
await plain.goto(new URL('/identity/sign-in', gateway).href)
await plain.fill('[name=Email]', `plain.${email}`)
await plain.fill('[name=Password]', password)
await press(plain, 'Sign in')
tell('signed-in', { title: await titleOf(plain) })
await plain.goto(new URL('/identity/sign-in', gateway).href)
tell('without-script', {
  offersPasskey: await plain.getByRole('button', { name: 'Sign in with a passkey' }).isVisible(),
  says: await plain.locator('noscript p').isVisible(),
})
await browser.close()
process.exit(0)
