import { until, type Client } from './company.ts'

export const TERMS = { runs: 3, limit: 15, temperature: 0.4, patience: 60, price: null }

export interface ModelSetting {
  readonly own?: boolean
  readonly model?: string
  readonly key?: string
  readonly terms?: Partial<Omit<typeof TERMS, 'price'>> & {
    readonly price?: { in: number; out: number; currency: string }
  }
}

/** Names the endpoint to a company; its context says `secret` everywhere. */
export const setUpModel = ({ scoring }: Client, base: string, setting: ModelSetting, secret: string) =>
  scoring.saveModel({
    base,
    model: setting.model ?? 'small-model',
    key: setting.key ?? null,
    own: setting.own ? new URL(base).origin : null,
    terms: { ...TERMS, ...setting.terms },
    context: { vision: `${secret} vision`, purpose: `${secret} purpose`, notes: `${secret} notes` },
  })

/** Looks at what would be sent about a text, sends it, and waits for what comes of it. */
export async function askModel(
  client: Client,
  of: { readonly artifact: string; readonly text: string },
  forThis = '',
  language: 'en' | 'ar' = 'en',
) {
  const { artifact, text } = of
  const preview = await client.scoring.preview({ artifact, text, role: 'cfo', language, forThis })
  const { job } = await client.scoring.propose({ token: preview.token })
  const ended = await until('the job ends', async () => {
    const one = await client.jobs.get({ id: job })
    return one.state === 'running' ? undefined : one
  })
  const [proposal] = await client.scoring.proposals({ artifact, text })
  return { preview, ended, proposal }
}
