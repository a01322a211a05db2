import { defineArtifact } from './define.ts'
import { words } from './words.ts'

/** AR-30: a dispute with its path, positions and outcome. It has no section: its state is what its facts say. */
export const DisputeCase = defineArtifact({
  type: 'DisputeCase.v1',
  minor: 0,
  label: words('Dispute', 'نزاع'),
  about: words(
    'What companies disagree about, the path on which it is settled, and what came of it.',
    'ما تختلف عليه الشركات، ومسار تسويته، وما انتهى إليه.',
  ),
  sections: {},
})
