import type { Crypto } from '#shared/kernel/crypto.ts'
import { fingerprintOf } from '#shared/membership/certificate.ts'
import { readHeader } from '#shared/seal/header.ts'
import { LABEL_HASHES } from './label-hashes.ts'
import type { PackProofs } from './pack-content.ts'
import { MANIFEST_LABEL } from './pack-maker.ts'
import { companyFolder, logFolder, roleFolder } from './proof-files.ts'
import type { ReadmeStep } from './readme-words.ts'

/** A readme: its heading, the steps with their commands, and what follows. */
export const readmeText = (
  heading: readonly string[],
  steps: readonly ReadmeStep[],
  commands: Readonly<Partial<Record<ReadmeStep['id'], readonly string[]>>>,
  after: readonly string[],
): string =>
  [
    ...heading,
    ...steps.map(({ id, number, title, text }) =>
      [
        `${String(number)}. ${title.en} / ${title.ar}`,
        '',
        text.en,
        '',
        text.ar,
        '',
        ...(commands[id] ?? []).map((line) => `    ${line}`),
      ].join('\n'),
    ),
    ...after,
    '',
  ].join('\n\n')

/** The lines of a readme that are commands. */
export const commandsIn = (readme: string): string =>
  readme
    .split('\n')
    .filter((line) => line.startsWith('    '))
    .map((line) => `${line.slice(4)}\n`)
    .join('')

export const TOOL_COMMANDS = [
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

const numberOf = ({ roles }: PackProofs, device: string): number =>
  roles.findIndex((role) => role.device === device) + 1

/** `number`: of the step in its readme. */
export const fileCommands = (proofs: PackProofs): readonly string[] => [
  'sha256sum --strict --quiet -c manifest.txt',
  '[ "$(find . -type f | wc -l)" -eq $(( $(wc -l < manifest.txt) + 2 )) ]',
  `signed ${LABEL_HASHES[MANIFEST_LABEL]} ${roleFolder(numberOf(proofs, proofs.madeBy))}/device.der manifest.txt manifest.sig`,
  'echo "1 the files are those of the list: OK"',
]

export const roleCommands = ({ companies, roles }: PackProofs, number: number): readonly string[] => [
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
  `echo "${String(number)} every device is certified by its company: OK"`,
]

export const logCommands = (proofs: PackProofs, number: number): readonly string[] => [
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
  ...proofs.log.flatMap(({ header, signed }, index) => {
    const { device } = readHeader(header)
    // An entry in between may be of a device that needs no role here: its hashes are what counts, and they are signed.
    return numberOf(proofs, device) === 0
      ? []
      : [`entry ${logFolder(index + 1)} ${String(signed)} ${roleFolder(numberOf(proofs, device))}`]
  }),
  `echo "${String(number)} every entry is signed by its device: OK"`,
]

export const openCommands = ({ log }: PackProofs): readonly string[] => [
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
]

export const compareCommands = (crypto: Crypto, { companies }: PackProofs, number: number): readonly string[] => [
  'fingerprint() { tail -c 32 "$1" > "$W/key"; part "$W/key" > "$W/in"; ' +
    `blake ${LABEL_HASHES['mithaq/fingerprint/v1']} "$W/in" | head -c 16 | hex | sed 's/..../& /g'; echo; }`,
  ...companies.flatMap(({ roots }, index) => {
    const file = `${companyFolder(index + 1)}/root-${String(roots.length)}.der`
    const root = roots.at(-1)
    return [`fingerprint ${file}   # ${root ? fingerprintOf(crypto, root) : ''}`]
  }),
  'rm -r "$W"',
  `echo "${String(number)} compare these fingerprints with what the companies tell you"`,
]
