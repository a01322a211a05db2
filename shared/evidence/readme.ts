import type { Crypto } from '#shared/kernel/crypto.ts'
import { dateOf } from '#shared/kernel/time.ts'
import { fingerprintOf } from '#shared/membership/certificate.ts'
import { readHeader } from '#shared/seal/header.ts'
import { APPROVAL_LABEL, readApproval } from '#shared/approvals/approval-word.ts'
import { MANIFEST_LABEL } from './check-pack.ts'
import { LABEL_HASHES } from './label-hashes.ts'
import type { PackContent } from './pack-content.ts'
import { approvalFolder, companyFolder, logFolder, roleFolder } from './proof-files.ts'
import { README_WORDS, readmeSteps, type ReadmeStep } from './readme-words.ts'

/**
 * The readme of a pack: what it is in both languages, and every step as commands for a shell with openssl, sha256sum and poppler's
 * programs alone. All commands together are one script, each step of which stops at the first thing that does not fit.
 */
export function readmeOf(crypto: Crypto, content: PackContent): string {
  const blocks = commandsOf(crypto, content)
  const step = ({ number, title, text }: ReadmeStep, commands: readonly string[]): string =>
    [
      `${String(number)}. ${title.en} / ${title.ar}`,
      '',
      text.en,
      '',
      text.ar,
      '',
      ...commands.map((line) => `    ${line}`),
    ].join('\n')
  const { title, version, hash, madeAt } = content
  return [
    `${title.en}\n${title.ar}`,
    `Version ${String(version)} · SHA-256 ${hash} · ${dateOf(madeAt)}`,
    README_WORDS.about.en,
    README_WORDS.about.ar,
    ...(content.approvals.length > 0 ? [] : [README_WORDS.noApprovals.en, README_WORDS.noApprovals.ar]),
    ...readmeSteps(content.approvals.length > 0).map((one) => step(one, blocks[one.id])),
    README_WORDS.after.en,
    README_WORDS.after.ar,
    '',
  ].join('\n\n')
}

/** The lines of a readme that are commands. */
export const commandsIn = (readme: string): string =>
  readme
    .split('\n')
    .filter((line) => line.startsWith('    '))
    .map((line) => `${line.slice(4)}\n`)
    .join('')

const FUNCTIONS = [
  'set -eu',
  'W=$(mktemp -d)',
  `hex() { od -An -v -tx1 | tr -d ' \\n'; }`,
  `raw() { h=$1; while [ -n "$h" ]; do printf "\\\\$(printf %03o "0x\${h%"\${h#??}"}")"; h=\${h#??}; done; }`,
  `u64() { for s in 56 48 40 32 24 16 8 0; do printf "\\\\$(printf %03o $(( ($1 >> s) & 255 )))"; done; }`,
  `le64() { for s in 0 8 16 24 32 40 48 56; do printf "\\\\$(printf %03o $(( ($1 >> s) & 255 )))"; done; }`,
  `size() { wc -c < "$1" | tr -d ' '; }`,
  `slice() { tail -c +$(( $2 + 1 )) "$1" | head -c "$3"; }`,
  'part() { u64 "$(size "$1")"; cat "$1"; }',
  'blake() { openssl mac -macopt hexkey:"$1" -macopt size:32 -in "$2" -binary BLAKE2BMAC; }',
  'signed() { { raw "$1"; cat "$3"; } > "$W/m"; openssl pkeyutl -verify -pubin -keyform DER -inkey "$2" -rawin -in "$W/m" -sigfile "$4" > "$W/said"; }',
  'names() { case $(hex < "$1") in *$(tail -c 32 "$2" | hex)*) ;; *) echo "$2 is not in $1"; exit 1 ;; esac; }',
]

function commandsOf(crypto: Crypto, content: PackContent): Readonly<Record<ReadmeStep['id'], readonly string[]>> {
  const { text, companies, roles, log, signatures, revocationLists, hash, madeBy, approvals } = content
  const at = (device: string): number => roles.findIndex((role) => role.device === device) + 1
  return {
    tools: FUNCTIONS,
    files: [
      'sha256sum --strict --quiet -c manifest.txt',
      '[ "$(find . -type f | wc -l)" -eq $(( $(wc -l < manifest.txt) + 2 )) ]',
      `signed ${LABEL_HASHES[MANIFEST_LABEL]} ${roleFolder(at(madeBy))}/device.der manifest.txt manifest.sig`,
      'echo "1 the files are those of the list: OK"',
    ],
    text: [
      `[ "$(sha256sum < agreement/agreement.json)" = "${hash}  -" ]`,
      'pdfdetach -save 1 -o "$W/inside.json" agreement/signed.pdf',
      'cmp "$W/inside.json" agreement/agreement.json',
      `[ "$(size agreement/agreement.json)" -eq ${String(text.length)} ]`,
      'echo "2 the text is the one in the file: OK"',
    ],
    signatures: [
      'pdf() { # number of the signature, its space from and to, how much it covers, time',
      '  { head -c "$2" agreement/signed.pdf; slice agreement/signed.pdf "$3" $(( $4 - $3 )); } > "$W/covered"',
      '  d=$(hex < "x509/signature-$1.p7s")',
      '  [ "$(slice agreement/signed.pdf $(( $2 + 1 )) ${#d})" = "$d" ]',
      '  [ -z "$(slice agreement/signed.pdf $(( $2 + 1 + ${#d} )) $(( $3 - $2 - 2 - ${#d} )) | tr -d 0)" ]',
      '  openssl cms -verify -cades -binary -inform DER -in "x509/signature-$1.p7s" -content "$W/covered" -CAfile "x509/root-$1.pem" -attime "$5" -certsout "$W/certs" -out /dev/null 2> "$W/said" || { cat "$W/said"; exit 1; }',
      '  openssl x509 -in "x509/signer-$1.pem" -noout -subject -issuer -fingerprint -sha256',
      '}',
      ...signatures.map(({ from, to, covers, at: when }, index) =>
        ['pdf', index + 1, from, to, covers, Math.floor(when / 1000)].map(String).join(' '),
      ),
      `[ "$(size agreement/signed.pdf)" -eq ${String(signatures.at(-1)?.covers ?? 0)} ]`,
      'pdfsig -nocert agreement/signed.pdf > "$W/said"',
      `[ "$(grep -c "Signature is Valid" "$W/said")" -eq ${String(signatures.length)} ]`,
      ...revocationLists.flatMap((_, index) => {
        const list = `x509/crl-${String(index + 1)}.pem`
        return [
          `for root in x509/root-*.pem; do openssl crl -in ${list} -CAfile "$root" -noout 2>&1 | grep -q "verify OK" && echo "${list} is the list of $root"; done`,
          `for one in x509/signer-*.pem; do n=$(openssl x509 -in "$one" -noout -serial); openssl crl -in ${list} -noout -text | grep -i -A 1 "Serial Number: \${n#serial=}" && echo "$one was revoked on that day" || true; done`,
        ]
      }),
      'echo "3 the signatures in the PDF hold, nothing follows the last one: OK"',
    ],
    roles: [
      ...companies.flatMap(({ rotations }, index) =>
        rotations.flatMap((_, turn) => {
          const folder = companyFolder(index + 1)
          const [before, after, said] = [`${folder}/root-${String(turn + 1)}.der`, `${folder}/root-${String(turn + 2)}.der`, `${folder}/rotation-${String(turn + 1)}`] // prettier-ignore
          return [
            `signed ${LABEL_HASHES['mithaq/statement/root-rotation/v1']} ${before} ${said}.cbor ${said}.sig`,
            `names ${said}.cbor ${after}`,
          ]
        }),
      ),
      'role() { # folder, the roots of its company: one of them signed the issuer',
      '  f=$1; shift; found=no',
      `  for root in "$@"; do if signed ${LABEL_HASHES['mithaq/statement/issuer/v1']} "$root" "$f/issuer.cbor" "$f/issuer.sig"; then found=yes; fi; done`,
      '  [ "$found" = yes ]',
      '  names "$f/issuer.cbor" "$f/issuer.der"',
      `  signed ${LABEL_HASHES['mithaq/statement/certificate/v1']} "$f/issuer.der" "$f/certificate.cbor" "$f/certificate.sig"`,
      '  names "$f/certificate.cbor" "$f/device.der"',
      '}',
      ...roles.map(({ company }, index) => {
        const number = companies.findIndex((one) => one.company === company) + 1
        return `role ${roleFolder(index + 1)} ${companyFolder(number)}/root-*.der`
      }),
      'echo "4 every device is certified by its company: OK"',
    ],
    log: [
      'entry() { # folder, digests up to the signed head, folder of its device',
      '  { part "$1/header.bin"; part "$1/ciphertext.bin"; } > "$W/in"',
      `  blake ${LABEL_HASHES['mithaq/entry/v1']} "$W/in" > "$W/digest"`,
      '  slice "$1/header.bin" 122 32 > "$W/hash"',
      '  i=0',
      '  while [ "$i" -le "$2" ]; do',
      '    { part "$W/hash"; part "$W/digest"; } > "$W/in"',
      `    blake ${LABEL_HASHES['mithaq/chain/v1']} "$W/in" > "$W/next"; mv "$W/next" "$W/hash"`,
      '    slice "$1/after.bin" $(( i * 32 )) 32 > "$W/digest"',
      '    i=$(( i + 1 ))',
      '  done',
      `  signed ${LABEL_HASHES['mithaq/run/v1']} "$3/device.der" "$W/hash" "$1/signature.bin"`,
      '  [ "$(slice "$1/header.bin" 66 32 | hex)" = "$(tail -c 32 "$3/device.der" | hex)" ]',
      '}',
      ...log.flatMap(({ header, signed }, index) => {
        const { device } = readHeader(header)
        // An entry in between may be of a device that needs no role here: its hashes are what counts, and they are signed.
        return at(device) === 0 ? [] : [`entry ${logFolder(index + 1)} ${String(signed)} ${roleFolder(at(device))}`]
      }),
      'echo "5 every entry is signed by its device: OK"',
    ],
    open: [
      'opened() { # folder',
      '  k=$(hex < "$1/key.bin"); n=$(slice "$1/header.bin" 202 8 | hex); c=$(( $(size "$1/ciphertext.bin") - 16 ))',
      '  head -c "$c" "$1/ciphertext.bin" | openssl enc -d -chacha20 -K "$k" -iv "0100000000000000$n" > "$W/body"',
      '  cmp "$W/body" "$1/body.cbor"',
      '  once=$(head -c 32 /dev/zero | openssl enc -chacha20 -K "$k" -iv "0000000000000000$n" | hex)',
      '  h=$(size "$1/header.bin")',
      '  { cat "$1/header.bin"; head -c $(( (16 - h % 16) % 16 )) /dev/zero; head -c "$c" "$1/ciphertext.bin"; head -c $(( (16 - c % 16) % 16 )) /dev/zero; le64 "$h"; le64 "$c"; } > "$W/in"',
      '  [ "$(openssl mac -macopt hexkey:"$once" -in "$W/in" -binary Poly1305 | hex)" = "$(tail -c 16 "$1/ciphertext.bin" | hex)" ]',
      '}',
      ...log.flatMap(({ key }, index) => (key === null ? [] : [`opened ${logFolder(index + 1)}`])),
      `[ "$(grep -al ${hash} log/*/body.cbor | wc -l)" -ge ${String(1 + 2 * signatures.length)} ]`,
      `for one in x509/signer-*.pem; do f=$(openssl x509 -in "$one" -outform DER | sha256sum | cut -d ' ' -f 1); grep -alq "$f" log/*/body.cbor; done`,
      `grep -alq "$(sha256sum < agreement/signed.pdf | cut -d ' ' -f 1)" log/*/body.cbor`,
      'echo "6 the entries say what this pack says: OK"',
    ],
    approvals: [
      'approval() { # folder, folder of its device, the id of the company that made the pack',
      `  signed ${LABEL_HASHES[APPROVAL_LABEL]} "$2/device.der" "$1/approval.cbor" "$1/approval.sig"`,
      `  for said in ${hash} "$(tail -c 32 "$2/device.der" | hex)" "$3"; do grep -aq "$said" "$1/approval.cbor"; done`,
      '}',
      ...approvals.map(({ statement }, index) => {
        const word = readApproval(statement)
        const folder = roleFolder(at(word?.device ?? ''))
        return `approval ${approvalFolder(index + 1)} ${folder} ${roles.find(({ device }) => device === madeBy)?.company ?? ''}`
      }),
      'echo "7 the approvals that the company states are about this text: OK"',
    ],
    compare: [
      'fingerprint() { tail -c 32 "$1" > "$W/key"; part "$W/key" > "$W/in"; ' +
        `blake ${LABEL_HASHES['mithaq/fingerprint/v1']} "$W/in" | head -c 16 | hex | sed 's/..../& /g'; echo; }`,
      ...companies.flatMap(({ roots }, index) => {
        const file = `${companyFolder(index + 1)}/root-${String(roots.length)}.der`
        const root = roots.at(-1)
        return [`fingerprint ${file}   # ${root ? fingerprintOf(crypto, root) : ''}`]
      }),
      'rm -r "$W"',
      `echo "${approvals.length > 0 ? '8' : '7'} compare these fingerprints with what the companies tell you"`,
    ],
  }
}
