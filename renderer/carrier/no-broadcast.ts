/** Takes the place of lib0's BroadcastChannel in y-webrtc: two windows of one browser are no partners, and must not look so. */
export const subscribe = (): void => {}
export const unsubscribe = (): void => {}
export const publish = (): void => {}
