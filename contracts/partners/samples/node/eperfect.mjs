// How a partner's program signs in and asks: client credentials, and a bearer token that lives ten minutes.
const home = process.env.EPERFECT
let token = { value: '', until: 0 }

/** Too much (429), or away for the moment (502 to 504): the same again, under the same key, once it may be. */
async function send(url, request) {
  while (true) {
    const answer = await fetch(url, request)
    if (![429, 502, 503, 504].includes(answer.status)) return answer
    await answer.body?.cancel()
    await new Promise(done => setTimeout(done, 1000 * (answer.headers.get('retry-after') ?? 5)))
  }
}

async function bearer() {
  if (Date.now() < token.until) return token.value
  const answer = await send(`${home}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: process.env.CLIENT_ID,
      client_secret: process.env.CLIENT_SECRET,
      scope: 'partner:feed'
    })
  })
  const told = await answer.json()
  if (!answer.ok) throw new Error(`${told.error}: ${told.error_description}`)
  token = { value: told.access_token, until: Date.now() + (told.expires_in - 60) * 1000 }
  return token.value
}

/** Asks the platform. A refusal is an RFC 9457 problem: `code` is stable, `detail` is for people. */
export async function ask(method, path, body) {
  const answer = await send(`${home}/api/partners${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await bearer()}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(method !== 'GET' && { 'idempotency-key': crypto.randomUUID() })
    },
    body: body && JSON.stringify(body)
  })
  const told = answer.status === 204 ? undefined : await answer.json()
  if (!answer.ok) throw new Error(`${answer.status} ${told.code}: ${told.detail}`)
  return told
}
