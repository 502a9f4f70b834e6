// What the server says about itself before anybody has signed in.
export interface Installation {
  /** Nobody has an account yet: the first one makes the workspace. */
  empty: boolean
  /** Runs with demo data; the accounts are on the sign-in page. */
  demo: boolean
}

/** Asks the server; when it does not say, it is neither empty nor a demo. */
export async function askInstallation(): Promise<Installation> {
  try {
    const response = await fetch('/auth/v1/settings', { headers: { apikey: 'rapport' } })
    const facts = (await response.json()) as Record<string, unknown>
    return { empty: facts.first_run === true, demo: facts.demo === true }
  } catch {
    return { empty: false, demo: false }
  }
}
