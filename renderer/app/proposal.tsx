import { Alert, Anchor, Badge, Button, Fieldset, Group, List, Stack, Table, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '#shared/kernel/ids.ts'
import type { LensProposalView, ProposalView } from '#shared/projection/scoring-views.ts'
import type { LensName } from '#shared/scoring/rubric.ts'
import { ClassBadge } from '#ui/parts/class-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { AskModel } from './ask-model.tsx'
import { useOrpc } from './engine.tsx'
import { hrefOf, to } from './route.ts'
import type { OpenSheet, ScoredBy } from './score-sheet.tsx'

interface Proposing<D extends LensName> {
  readonly scored: Pick<ScoredBy<D>, 'of' | 'subjects' | 'weights' | 'nameOf'>
  readonly role: Role
  readonly sheet: OpenSheet<D>
}

/** A model's proposal beside the person's sheet: to be asked for, looked at, taken over score by score, or put away. */
export function Proposal<D extends LensName>(props: Proposing<D>) {
  const { scored, role } = props
  const { of } = scored
  const { t } = useTranslation(['scoring', 'common'])
  const orpc = useOrpc()
  const [asking, setAsking] = useState(false)
  const model = useQuery(orpc.scoring.model.queryOptions({ input: {} }))
  const found = useQuery(orpc.scoring.proposals.queryOptions({ input: of }))
  const proposal = found.data?.find((one) => one.role === role)
  if (!model.data) return null
  if (model.data.base === null || model.data.model === '')
    return (
      <Text fz="sm" c="dimmed">
        {t('propose.none')} <Anchor href={hrefOf(to.settings('models'))}>{t('propose.setUp')}</Anchor>
      </Text>
    )
  return (
    <Fieldset
      legend={
        <Group gap="sm">
          <Text fw={600}>{t('propose.title')}</Text> <ClassBadge dataClass="private" />
        </Group>
      }
    >
      <Stack>
        {proposal ? <Proposed {...props} proposal={proposal} /> : null}
        {asking ? (
          <AskModel of={of} role={role} onDone={() => setAsking(false)} />
        ) : (
          <Group>
            <Button variant="default" onClick={() => setAsking(true)}>
              {t(proposal ? 'propose.again' : 'propose.action')}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  )
}

function Proposed<D extends LensName>(props: Proposing<D> & { readonly proposal: ProposalView }) {
  const { scored, role, proposal, sheet } = props
  const { of, subjects, weights, nameOf } = scored
  const { isTaken, takeOver } = sheet
  const { t } = useTranslation(['scoring', 'common'])
  const { pick, f } = useLocale()
  const orpc = useOrpc()
  const queries = useQueryClient()
  const discarding = useMutation({
    ...orpc.scoring.discard.mutationOptions(),
    onSuccess: (next) => queries.setQueryData(orpc.scoring.proposals.queryKey({ input: of }), next),
  })
  const wide = proposal.state === 'too-wide'
  const take = (option: string, lens: D, { points, reasons }: LensProposalView): void =>
    takeOver({ proposal: proposal.id, option, lens, points, rationale: reasons[0]?.rationale ?? '' })
  return (
    <Stack gap="sm">
      <Alert color={wide ? 'amber' : 'sand'} role="status">
        {wide ? t('propose.tooWide', { limit: f.number(proposal.limit) }) : t('propose.only')}
      </Alert>
      <Text fz="sm" c="dimmed">
        <bdi>{proposal.model}</bdi> · <bdi dir="ltr">{proposal.origin}</bdi> · {t('propose.runs', { count: proposal.runs })} · <When at={proposal.at} withTime both={false} /> · {costText(t, f, proposal)}
      </Text>
      {subjects.map((option) => (
        <Table.ScrollContainer key={option.id} minWidth={520}>
          <Table captionSide="top">
            <Table.Caption ta="start" fw={600} c="var(--mantine-color-text)">
              <bdi>{pick(option.title)}</bdi>
            </Table.Caption>
            <Table.Tbody>
              {(Object.keys(weights) as D[]).map((name) => {
                const lens = proposal.options[option.id]?.[name]
                return lens ? (
                  <Table.Tr key={name}>
                    <Table.Th scope="row" w="20%">
                      {nameOf(name)}
                    </Table.Th>
                    <Table.Td w="18%">
                      <Text fw={600} span>
                        {f.number(lens.points)}
                      </Text>{' '}
                      <Text span fz="sm" c={lens.spread > proposal.limit * 100 ? 'red' : 'dimmed'}>
                        {t('propose.spread', { points: f.number(lens.spread / 100) })}
                      </Text>
                    </Table.Td>
                    <Table.Td>
                      <Reasons lens={lens} />
                    </Table.Td>
                    <Table.Td w="14%">
                      {wide ? null : isTaken(option.id, name, lens.points) ? (
                        <Badge color="leaf">{t('propose.taken')}</Badge>
                      ) : (
                        <Button
                          size="compact-sm"
                          variant="default"
                          aria-label={t('propose.takeOf', { points: f.number(lens.points), lens: nameOf(name), option: pick(option.title) })}
                          onClick={() => take(option.id, name, lens)}
                        >
                          {t('propose.take')}
                        </Button>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ) : null
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ))}
      <Group justify="flex-end">
        <Button variant="subtle" color="gray" size="compact-sm" loading={discarding.isPending} onClick={() => discarding.mutate({ ...of, role })}>
          {t('propose.discard')}
        </Button>
      </Group>
    </Stack>
  )
} // prettier-ignore

function Reasons({ lens }: { readonly lens: LensProposalView }) {
  const { t } = useTranslation('scoring')
  const { f } = useLocale()
  return (
    <List size="sm" listStyleType="none">
      {lens.reasons.map(({ rationale, evidence }, run) => (
        // oxlint-disable-next-line react/no-array-index-key -- runs have no other name
        <List.Item key={run}>
          <Text span fz="sm" c="dimmed">
            {f.number(lens.runs[run] ?? 0)}
          </Text>{' '}
          <bdi>{rationale}</bdi>{' '}
          <Text span fz="sm" c="dimmed">
            ({evidence.map((id) => t(`piece.${id}`)).join(t('propose.comma'))})
          </Text>
        </List.Item>
      ))}
    </List>
  )
}

type Words = ReturnType<typeof useTranslation<['scoring', 'common']>>['t']

function costText(
  t: Words,
  f: ReturnType<typeof useLocale>['f'],
  { tokens, cost }: Pick<ProposalView, 'tokens' | 'cost'>,
): string {
  const counted = tokens.in === null || tokens.out === null ? null : f.number(tokens.in + tokens.out)
  const spent = counted === null ? t('propose.tokensUnknown') : t('propose.tokens', { tokens: counted })
  if (!cost) return `${spent} · ${t('propose.costUnknown')}`
  return `${spent} · ${t('propose.cost', { amount: f.number(cost.thousandths / 1000), currency: cost.currency })}`
}
