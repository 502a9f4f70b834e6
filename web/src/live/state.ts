// Whether changes of others arrive now.
import { shallowRef } from 'vue'

export type LiveState = 'idle' | 'connecting' | 'live' | 'interrupted'

export const liveState = shallowRef<LiveState>('idle')
