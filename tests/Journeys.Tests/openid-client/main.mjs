// A relying party on a certified library. It says where the person's browser is to go, hears where the browser was sent
// back to, and tells step by step what it got. Tokens themselves are not told.
import { createInterface } from 'node:readline/promises'
import * as client from 'openid-client'

const [issuer, clientId, redirect] = process.argv.slice(2)
const tell = (step, facts) => console.log(JSON.stringify({ step, ...facts }))

const config = await client.discovery(
  new URL(issuer), clientId, undefined, client.None(), { execute: [client.allowInsecureRequests] })
tell('discovered', { issuer: config.serverMetadata().issuer })

const verifier = client.randomPKCECodeVerifier()
const state = client.randomState()
const nonce = client.randomNonce()
const address = client.buildAuthorizationUrl(config, {
  redirect_uri: redirect,
  scope: 'openid offline_access accounts:read accounts:write',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
  nonce,
})
tell('go', { address: address.href })

const lines = createInterface({ input: process.stdin })
const callback = new URL((await lines[Symbol.asyncIterator]().next()).value)
lines.close()

let tokens = await client.authorizationCodeGrant(
  config, callback, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true })
const subject = tokens.claims().sub
tell('signed-in', { subject, expiresIn: tokens.expiresIn() })

const person = await client.fetchUserInfo(config, tokens.access_token, subject)
tell('userinfo', { subject: person.sub })

const answer = await client.fetchProtectedResource(
  config, tokens.access_token, new URL('/api/accounts/me/activity', issuer), 'GET')
tell('resource', { status: answer.status })

const first = tokens.refresh_token
tokens = await client.refreshTokenGrant(config, first)
tell('refreshed', { rotated: tokens.refresh_token !== first })

await client.tokenRevocation(config, tokens.refresh_token, { token_type_hint: 'refresh_token' })
const afterwards = await client.refreshTokenGrant(config, tokens.refresh_token).then(() => 'still good', error => error.error)
tell('revoked', { afterwards })
