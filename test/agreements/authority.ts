import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { X509Certificate } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tell } from './tools.ts'

/** An authority of openssl's: a root, a certificate for stamping time, and a command that answers requests. */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), 'mithaq-tsa-'))
  readonly root: Uint8Array
  constructor() {
    const path = (name: string) => join(this.folder, name)
    writeFileSync(
      path('ext'),
      'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=critical,CA:false\n',
    )
    writeFileSync(path('serial'), '01\n')
    writeFileSync(
      path('conf'),
      `[tsa]\ndefault_tsa=t\n[t]\nserial=${path('serial')}\nsigner_cert=${path('tsa.pem')}\ncerts=${path('root.pem')}\nsigner_key=${path('tsa.key')}\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n`,
    )
    const openssl = (...args: string[]) => tell('openssl', args)
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=Time Root',
      '-days',
      '9999',
      '-keyout',
      path('root.key'),
      '-out',
      path('root.pem'),
    )
    openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=Time Authority',
      '-keyout',
      path('tsa.key'),
      '-out',
      path('tsa.csr'),
    )
    openssl(
      'x509',
      '-req',
      '-in',
      path('tsa.csr'),
      '-CA',
      path('root.pem'),
      '-CAkey',
      path('root.key'),
      '-set_serial',
      '7',
      '-days',
      '9999',
      '-extfile',
      path('ext'),
      '-out',
      path('tsa.pem'),
    )
    this.root = new Uint8Array(new X509Certificate(readFileSync(path('root.pem'))).raw)
  }
  answer(request: Uint8Array): Uint8Array {
    const path = (name: string) => join(this.folder, name)
    writeFileSync(path('query'), request)
    tell('openssl', ['ts', '-reply', '-config', path('conf'), '-queryfile', path('query'), '-out', path('reply')])
    return new Uint8Array(readFileSync(path('reply')))
  }

  /** Answers over HTTP on loopback, as RFC 3161 describes it. */
  async listen(heard: (contentType: string) => void = () => undefined): Promise<{ server: Server; url: string }> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        heard(request.headers['content-type'] ?? '')
        response.setHeader('content-type', 'application/timestamp-reply')
        response.end(this.answer(Buffer.concat(parts)))
      })
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
  }
  end(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
