// The real network in a box: directory, personal data server, view of the whole; one line of JSON when it stands.
// GET on the control port answers once everything written so far can be read everywhere.
import { createServer } from 'node:http'
import { TestNetwork, mockMailer } from '@atproto/dev-env'

const [plc, pds, view, moderation, control] = process.argv.slice(2).map(Number)
const network = await TestNetwork.create({
  plc: { port: plc },
  pds: { port: pds, hostname: 'localhost' },
  bsky: { port: view, dbPostgresSchema: 'bsky', publicUrl: `http://localhost:${view}` },
  ozone: { port: moderation },
})
mockMailer(network.pds)

createServer(async (_, answer) => {
  try {
    await network.processAll(20_000)
    answer.end('settled')
  } catch (error) {
    answer.statusCode = 500
    answer.end(String(error))
  }
}).listen(control, () => console.log(JSON.stringify({ pds: network.pds.url, view: network.bsky.url })))

process.on('SIGTERM', async () => {
  await network.close()
  process.exit(0)
})
