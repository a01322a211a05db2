import { APPROVAL_LABEL, readApproval } from '#shared/approvals/approval-word.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import { dateOf } from '#shared/kernel/time.ts'
import { LABEL_HASHES } from './label-hashes.ts'
import type { PackContent } from './pack-content.ts'
import { approvalFolder, roleFolder } from './proof-files.ts'
import {
  compareCommands,
  fileCommands,
  logCommands,
  openCommands,
  readmeText,
  roleCommands,
  TOOL_COMMANDS,
} from './readme-commands.ts'
import { README_WORDS, readmeSteps, type ReadmeStep } from './readme-words.ts'

/**
 * The readme of a pack: what it is in both languages, and every step as commands for a shell with openssl, sha256sum and poppler's
 * programs alone. All commands together are one script, each step of which stops at the first thing that does not fit.
 */
export function readmeOf(crypto: Crypto, content: PackContent): string {
  const { title, version, hash, madeAt, approvals } = content
  const heading = [
    `${title.en}\n${title.ar}`,
    `Version ${String(version)} · SHA-256 ${hash} · ${dateOf(madeAt)}`,
    README_WORDS.about.en,
    README_WORDS.about.ar,
    ...(approvals.length > 0 ? [] : [README_WORDS.noApprovals.en, README_WORDS.noApprovals.ar]),
  ]
  const after = [README_WORDS.after.en, README_WORDS.after.ar]
  return readmeText(heading, readmeSteps(approvals.length > 0), commandsOf(crypto, content), after)
}

function commandsOf(crypto: Crypto, content: PackContent): Readonly<Partial<Record<ReadmeStep['id'], readonly string[]>>> {
  const { text, roles, signatures, revocationLists, hash, madeBy, approvals } = content
  const at = (device: string): number => roles.findIndex((role) => role.device === device) + 1
  return {
    tools: TOOL_COMMANDS,
    files: fileCommands(content),
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
    roles: roleCommands(content, 4),
    log: logCommands(content, 5),
    open: [
      ...openCommands(content),
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
    compare: compareCommands(crypto, content, approvals.length > 0 ? 8 : 7),
  }
} // prettier-ignore
