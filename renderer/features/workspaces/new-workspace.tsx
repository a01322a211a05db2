import { Button, Checkbox, Group, MultiSelect, Paper, Radio, SimpleGrid, Stack, Stepper, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { PartnerKind } from '#shared/projection/workspace-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, hrefOf, to } from '#ui/app/route.ts'
import { BilingualInputs } from '#ui/parts/bilingual-inputs.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import classes from './workspaces.module.css'

const KINDS = ['customer-seller', 'peer', 'client-provider', 'alliance'] as const satisfies readonly PartnerKind[]

interface Form {
  kind: PartnerKind
  name: Bilingual
  outcome: Bilingual
  addCompany: 'any-member' | 'every-member'
  charterRoles: Role[]
  channel: Bilingual
  channelRoles: Role[]
  dryRun: boolean
}

/** A new workspace in three steps: what for, by which rules, who reads the first channel. */
export function NewWorkspace() {
  const { t } = useTranslation(['workspaces', 'common', 'dry-run'])
  const { f } = useLocale()
  const [step, setStep] = useState(0)
  const create = useMutation({
    ...useOrpc().workspaces.create.mutationOptions(),
    onSuccess: (made) => go(to.workspace(made.id, 'invite')),
  })
  const named = (value: Bilingual): string | null => (value.en.trim() || value.ar.trim() ? null : t('needText'))
  const form = useForm<Form>({
    initialValues: {
      kind: 'customer-seller',
      name: { en: '', ar: '' },
      outcome: { en: '', ar: '' },
      addCompany: 'every-member',
      charterRoles: ['coo'],
      channel: { en: 'Planning', ar: 'التخطيط' },
      channelRoles: ['coo', 'account-lead', 'delivery-lead'],
      dryRun: false,
    },
    validate: {
      name: (value) => (step < 0 ? null : named(value)),
      outcome: (value) => (step < 0 ? null : named(value)),
      charterRoles: (value) => (step < 1 || value.length > 0 ? null : t('needRole')),
      channel: (value) => (step < 2 ? null : named(value)),
      channelRoles: (value) => (step < 2 || value.length > 0 ? null : t('needRole')),
    },
  })
  const roles = ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))
  const submit = form.onSubmit((values) => {
    if (step < 2) return setStep(step + 1)
    create.mutate({
      kind: values.kind,
      name: values.name,
      outcome: values.outcome,
      charter: { addCompany: values.addCompany, roles: values.charterRoles },
      channel: { name: values.channel, roles: values.channelRoles },
      dryRun: values.dryRun,
    })
  })
  return (
    <Stack maw="52rem">
      <PageHeader
        title={t('common:action.newWorkspace')}
        lead={t('new.lead')}
        back={{ label: t('common:area.workspaces'), href: hrefOf(to.workspaces()) }}
      />
      <Stepper active={step} size="sm" onStepClick={(next) => next < step && setStep(next)} aria-label={t('new.steps')}>
        {(['purpose', 'charter', 'channel'] as const).map((name, index) => (
          <Stepper.Step key={name} label={t(`new.${name}Step`)} icon={f.number(index + 1)} />
        ))}
      </Stepper>
      <Paper component="form" onSubmit={submit} noValidate>
        <Stack>
          {step === 0 ? (
            <>
              <Radio.Group label={t('new.kind')} {...form.getInputProps('kind')}>
                <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs">
                  {KINDS.map((kind) => (
                    <Radio.Card key={kind} value={kind} className={classes.kind}>
                      <Group wrap="nowrap" align="flex-start" gap="sm">
                        <Radio.Indicator mt={3} />
                        <div>
                          <Text fw={600}>{t(`kind.${kind}.name`)}</Text>
                          <Text fz="sm" c="dimmed">
                            {t(`kind.${kind}.meaning`)}
                          </Text>
                        </div>
                      </Group>
                    </Radio.Card>
                  ))}
                </SimpleGrid>
              </Radio.Group>
              <Checkbox
                label={t('dry-run:begin')}
                description={t('dry-run:beginHint')}
                {...form.getInputProps('dryRun', { type: 'checkbox' })}
              />
              <BilingualInputs legend={t('new.name')} {...form.getInputProps('name')} />
              <BilingualInputs
                legend={t('new.outcome')}
                hint={t('new.outcomeHint')}
                {...form.getInputProps('outcome')}
              />
            </>
          ) : null}
          {step === 1 ? (
            <>
              <Radio.Group label={t('new.consents')} {...form.getInputProps('addCompany')}>
                <Stack gap="xs" mt="xs">
                  <Radio value="every-member" label={t('charter.every-member')} />
                  <Radio value="any-member" label={t('charter.any-member')} />
                </Stack>
              </Radio.Group>
              <MultiSelect
                label={t('new.charterRoles')}
                description={t('new.charterRolesHint')}
                data={roles}
                {...form.getInputProps('charterRoles')}
              />
            </>
          ) : null}
          {step === 2 ? (
            <>
              <BilingualInputs legend={t('new.channelName')} {...form.getInputProps('channel')} />
              <MultiSelect
                label={t('new.channelRoles')}
                description={t('new.channelRolesHint')}
                data={roles}
                {...form.getInputProps('channelRoles')}
              />
            </>
          ) : null}
          <RefusalAlert refusal={create.error ? refusalOf(create.error) : null} />
          <Group justify="flex-end">
            {step > 0 ? (
              <Button variant="default" onClick={() => setStep(step - 1)}>
                {t('common:back')}
              </Button>
            ) : null}
            <Button type="submit" loading={create.isPending}>
              {step < 2 ? t('common:next') : t('new.create')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </Stack>
  )
}
