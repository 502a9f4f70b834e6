// One choice of a Combobox or a list to pick from.
export interface Choice {
  value: string
  label: string
  /** Smaller, at the end of the line: a job title, a domain. */
  detail?: string
}
