import { Alert, Badge, Group, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ROLES } from '#shared/kernel/ids.ts'
import type { AddedSignature, CheckedSignature } from '#shared/evidence/report.ts'
import type { FileCheckView } from '#shared/projection/agreement-views.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { CheckedDecisionView } from './checked-decision.tsx'
import { Part } from './report-part.tsx'

const LOOK = {
  holds: { color: 'leaf', icon: <IconCircleCheck aria-hidden="true" /> },
  added: { color: 'amber', icon: <IconAlertTriangle aria-hidden="true" /> },
  fails: { color: 'red', icon: <IconCircleX aria-hidden="true" /> },
  unreadable: { color: 'red', icon: <IconCircleX aria-hidden="true" /> },
} as const

/** The answer and what is wrong, in its colour; below it, plainly, who signed and what a reader should know. */
export function CheckReportView({ check }: { readonly check: FileCheckView }) {
  const { t } = useTranslation(['evidence', 'agreement', 'common'])
  const { f, pick } = useLocale()
  const sentence = useSentence()
  return (
    <Stack role="status" gap="lg">
      <Alert
        role="group"
        color={LOOK[check.answer].color}
        icon={LOOK[check.answer].icon}
        title={t(`answer.${check.answer}`)}
      >
        <Stack gap="xs">
          <Text fz="sm">
            {t(check.answer === 'holds' && check.decision ? 'meaning.decided' : `meaning.${check.answer}`)}
          </Text>
          {check.known ? (
            <Text fz="sm">
              {t(check.decision ? 'agreement:check.knownDecision' : 'agreement:check.known', {
                title: pick(check.known.title),
                number: f.number(check.known.version),
              })}
            </Text>
          ) : null}
          {check.problems.length > 0 ? (
            <List size="sm">
              {check.problems.map(({ code, about }) => (
                <List.Item key={`${code}/${about ?? ''}`}>
                  {sentence(code)} {about ? <bdi>({about})</bdi> : null}
                </List.Item>
              ))}
            </List>
          ) : null}
        </Stack>
      </Alert>
      {check.decision ? <CheckedDecisionView decision={check.decision} /> : null}
      {check.signatures.length > 0 ? (
        <Part title={t('part.signatures')}>
          {check.signatures.map((one) => (
            <Signature key={one.fingerprint} one={one} />
          ))}
        </Part>
      ) : null}
      {check.added.length > 0 ? (
        <Part title={t('part.added')}>
          {check.added.map((one, at) => (
            <Added key={`${one.fingerprint}/${String(at)}`} one={one} />
          ))}
        </Part>
      ) : null}
      {check.replacedBy.length > 0 ? (
        <Part title={t('part.replaced')}>
          {check.replacedBy.map(({ hash, title, on }) => (
            <Text key={hash} fz="sm">
              {t('part.replacedBy', { title: pick(title), day: f.date(on), hash: hash.slice(0, 16) })}
            </Text>
          ))}
        </Part>
      ) : null}
      {check.approvals.length > 0 ? (
        <Part title={t('part.approvals')}>
          {check.approvals.map(({ person, company, roles, commitment, at }, index) => (
            <div key={`${commitment}/${String(index)}`}>
              <Text fz="sm">
                <bdi>{pick(person)}</bdi> · <bdi>{pick(company)}</bdi>: {t(`part.approved-${commitment}`)}
              </Text>
              <Text fz="sm" c="dimmed">
                {f.list(ROLES.filter((role) => roles.includes(role)).map((role) => t(`common:role.${role}`)))} ·{' '}
                {t('time.approved')} <When at={at} withTime both={false} />
              </Text>
            </div>
          ))}
        </Part>
      ) : null}
      {check.companies.length > 0 ? (
        <Part title={t('part.companies')}>
          {check.companies.map(({ name, fingerprint }) => (
            <Group key={fingerprint} gap="sm">
              <Text fz="sm" fw={500}>
                <bdi>{pick(name)}</bdi>
              </Text>
              <HashBadge hash={fingerprint} label={pick(name)} />
            </Group>
          ))}
        </Part>
      ) : null}
      {check.notes.length > 0 ? (
        <Part title={t('part.notes')}>
          <List size="sm">
            {check.notes.map((note) => (
              <List.Item key={note}>{t(`note.${note}`)}</List.Item>
            ))}
          </List>
        </Part>
      ) : null}
    </Stack>
  )
}

/** The sentence of a problem. A verifier of a later version may name one that has none here yet. */
function useSentence(): (code: string) => string {
  const { t, i18n } = useTranslation(['evidence', 'agreement'])
  return (code) => {
    if (i18n.exists(`evidence:problem.${code}`)) return t(`evidence:problem.${code as 'file-missing'}`)
    if (i18n.exists(`agreement:problem.${code}`)) return t(`agreement:problem.${code as 'unsigned'}`)
    return t('agreement:problem.other')
  }
}

function Signature({ one }: { readonly one: CheckedSignature }) {
  const { t } = useTranslation(['evidence', 'agreement'])
  const sentence = useSentence()
  const times = [
    { at: one.timestampedAt, key: 'stamped' },
    { at: one.witnessedAt, key: 'witnessed' },
    { at: one.claimedAt, key: 'claimed' },
  ] as const
  return (
    <Stack gap={4} align="flex-start">
      <Group gap="xs">
        <Text fz="sm" fw={500}>
          <bdi>{one.person}</bdi> · <bdi>{one.company}</bdi>
        </Text>
        {one.problems.length === 0 ? (
          <Badge color="leaf" variant="light" size="sm">
            {t('part.good')}
          </Badge>
        ) : null}
      </Group>
      {times.map(({ at, key }) =>
        at === null ? null : (
          <Text key={key} fz="sm" c="dimmed">
            {t(`time.${key}`)} <When at={at} withTime both={false} />
          </Text>
        ),
      )}
      <HashBadge hash={one.fingerprint} label={t('agreement:check.fingerprint')} />
      {one.problems.length > 0 ? (
        <List size="sm">
          {one.problems.map((code) => (
            <List.Item key={code}>{sentence(code)}</List.Item>
          ))}
        </List>
      ) : null}
    </Stack>
  )
}

function Added({ one }: { readonly one: AddedSignature }) {
  const { t } = useTranslation(['evidence', 'agreement'])
  return (
    <Stack gap={4} align="flex-start">
      <Group gap="xs">
        <Text fz="sm" fw={500}>
          <bdi>{one.signer || '—'}</bdi>
        </Text>
        <Badge color={one.holds ? 'leaf' : 'red'} variant="light" size="sm">
          {one.holds ? t('part.good') : t('part.notGood')}
        </Badge>
      </Group>
      <Text fz="sm" c="dimmed">
        {t(one.kind === 'timestamp' ? 'part.kindTimestamp' : 'part.kindSignature')}
        {one.issuer ? ` · ${t('part.issuedBy', { name: one.issuer })}` : ''}
      </Text>
      {one.claimedAt === null ? null : (
        <Text fz="sm" c="dimmed">
          {t('time.claimed')} <When at={one.claimedAt} withTime both={false} />
        </Text>
      )}
      {one.fingerprint ? <HashBadge hash={one.fingerprint} label={t('agreement:check.fingerprint')} /> : null}
    </Stack>
  )
}
