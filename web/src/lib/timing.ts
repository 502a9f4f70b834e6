// When things run: once per frame, after a pause, after the first paint.

/** Calls run at most once per frame, however often it is asked for. */
export function oncePerFrame(run: () => void): () => void {
  let asked = false
  return () => {
    if (asked) return
    asked = true
    const go = () => {
      asked = false
      run()
    }
    // A hidden tab gets no frames; its data must stay right all the same.
    if (typeof document === 'undefined' || document.hidden) setTimeout(go, 50)
    else requestAnimationFrame(go)
  }
}

export interface Debounced<A extends unknown[]> {
  (...args: A): void
  cancel(): void
  /** Runs at once when a call is waiting. */
  flush(): void
}

/** Calls the last one after a pause of pauseMs. */
export function debounce<A extends unknown[]>(run: (...args: A) => void, pauseMs: number): Debounced<A> {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: A | undefined
  const fire = () => {
    const args = waiting
    timer = waiting = undefined
    if (args) run(...args)
  }
  const debounced = (...args: A) => {
    waiting = args
    clearTimeout(timer)
    timer = setTimeout(fire, pauseMs)
  }
  return Object.assign(debounced, {
    cancel: () => {
      clearTimeout(timer)
      timer = waiting = undefined
    },
    flush: () => {
      clearTimeout(timer)
      fire()
    },
  })
}

/** Runs when the page has painted and the main thread is free: for whatever the first view does not need. */
export function whenIdle(run: () => void, latestMs = 1500): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: latestMs })
  else setTimeout(run, 200)
}
