/**
 * BLAKE2b-256 of each label, without a key: what keeps one purpose of a hash or a signature from another (ENTRY.v1 §2). They stand
 * here so that a readme can name them; `printf %s LABEL | b2sum -l 256` gives the same.
 */
export const LABEL_HASHES = {
  'mithaq/entry/v1': 'b681a90465b7b15f944663729344a92b5c3c041cf685d5bc47b99ea0a5f12fa0',
  'mithaq/chain/v1': '28a7cab81775a2457890f411df28aec9390c9806b8da1041adb052264b937457',
  'mithaq/run/v1': 'f11ea1ed8efc8eb7e5c9fc5d217f6e5195874845b51278329f596de5cf427ccd',
  'mithaq/statement/issuer/v1': '5660cd3d5bb36c56c4b60478e6ae2edbbf9b14ae053c0b2b2f2f97f414dec13a',
  'mithaq/statement/certificate/v1': 'dd77d26b53434d758bcd523ef08d95f3cc900448fae75d9178391f555b4f5c44',
  'mithaq/statement/root-rotation/v1': '42885ac50ebf2566afda3acb57cfde70bfc33c5ddc149e4425c82ee6152fae76',
  'mithaq/approval/v1': 'cca02bab75c028774e10715fe84ba557c1a4cee834b78e2fa0947277d0b76193',
  'mithaq/fingerprint/v1': 'e55c73e5eca638eb654f280b5f02a76a80598f52ade3f5121a430df125ddc654',
  'mithaq/evidence-manifest/v1': 'a974a6ea99bf08706e66bd409a30f162322911167b8fd384de125765cf77a07f',
} as const
