// The records as the data API sends them. Names are those of the tables and columns.

export type RowId = string

/** What every row of a synchronised table has. */
export interface Row {
  readonly id: RowId
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
  readonly deleted_at?: string | null
}

interface Stamped extends Row {
  readonly created_by: string | null
  readonly updated_by: string | null
}

interface RecordRow extends Stamped {
  readonly deleted_at: string | null
  readonly custom: Readonly<Record<string, unknown>>
}

export interface LabelledValue {
  label: string
  value: string
}

export interface Contact extends RecordRow {
  readonly first_name: string
  readonly last_name: string
  readonly email: string | null
  readonly other_emails: readonly LabelledValue[]
  readonly phones: readonly LabelledValue[]
  readonly job_title: string | null
  readonly organization_id: RowId | null
  readonly assigned_user_id: RowId | null
  readonly street: string | null
  readonly city: string | null
  readonly state: string | null
  readonly postal_code: string | null
  readonly country: string | null
  readonly website: string | null
  readonly linkedin_url: string | null
  readonly source: string | null
  readonly do_not_contact: boolean
  readonly description: string | null
  readonly tags: readonly string[]
  readonly avatar: string | null
}

export type OrganizationType = 'prospect' | 'customer' | 'partner' | 'supplier' | 'other'
export type OrganizationStatus = 'active' | 'inactive' | 'archived'

export interface Organization extends RecordRow {
  readonly name: string
  readonly domain: string | null
  readonly website: string | null
  readonly description: string | null
  readonly industry: string | null
  readonly type: OrganizationType
  readonly status: OrganizationStatus
  readonly employees: number | null
  readonly annual_revenue: number | null
  readonly currency: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly billing_street: string | null
  readonly billing_city: string | null
  readonly billing_state: string | null
  readonly billing_postal_code: string | null
  readonly billing_country: string | null
  readonly parent_id: RowId | null
  readonly assigned_user_id: RowId | null
  readonly tags: readonly string[]
  readonly logo: string | null
}

export type StageKind = 'open' | 'won' | 'lost'

export interface Opportunity extends RecordRow {
  readonly name: string
  readonly organization_id: RowId | null
  readonly pipeline_id: RowId
  readonly stage_id: RowId
  readonly status: StageKind
  readonly probability_percent: number
  readonly amount: number
  readonly currency: string
  readonly expected_close_date: string | null
  readonly closed_at: string | null
  readonly lost_reason: string | null
  readonly source: string | null
  readonly next_step: string | null
  readonly description: string | null
  readonly stage_changed_at: string
  readonly board_position: string
  readonly assigned_user_id: RowId | null
  readonly tags: readonly string[]
}

export interface Pipeline extends RecordRow {
  readonly name: string
  readonly position: number
  readonly is_default: boolean
}

export interface Stage extends RecordRow {
  readonly pipeline_id: RowId
  readonly key: string
  readonly name: string
  readonly probability_percent: number
  readonly position: number
  readonly kind: StageKind
  readonly rot_after_days: number | null
}

export interface Product extends RecordRow {
  readonly name: string
  readonly code: string | null
  readonly description: string | null
  readonly price: number
  readonly currency: string
  readonly is_active: boolean
}

export interface OpportunityItem extends RecordRow {
  readonly opportunity_id: RowId
  readonly product_id: RowId | null
  readonly name: string
  readonly quantity: number
  readonly unit_price: number
  readonly position: number
}

export type ActivityType = 'note' | 'call' | 'email' | 'meeting' | 'task'
export type Priority = 'low' | 'normal' | 'high'

export interface Activity extends RecordRow {
  readonly type: ActivityType
  readonly subject: string
  readonly body: string | null
  readonly occurred_at: string
  readonly due_on: string | null
  readonly due_at: string | null
  readonly remind_at: string | null
  readonly done_at: string | null
  readonly priority: Priority
  readonly duration_minutes: number | null
  readonly direction: 'inbound' | 'outbound' | null
  readonly assigned_user_id: RowId | null
  readonly contact_id: RowId | null
  readonly organization_id: RowId | null
  readonly opportunity_id: RowId | null
}

export type Role = 'owner' | 'admin' | 'manager' | 'member' | 'viewer'

export interface Membership extends Stamped {
  readonly user_id: RowId
  readonly role: Role
  readonly status: 'invited' | 'active' | 'disabled'
  readonly full_name: string
  readonly email: string | null
  readonly job_title: string | null
  readonly team_id: RowId | null
}

export interface Team extends RecordRow {
  readonly name: string
  readonly region: string | null
  readonly manager_user_id: RowId | null
}

export interface Tag extends RecordRow {
  readonly name: string
  readonly color: string
}

export interface CustomField extends Stamped {
  readonly deleted_at: string | null
  readonly table_name: string
  readonly key: string
  readonly label: string
  readonly type: 'text' | 'number' | 'date' | 'boolean' | 'select'
  readonly options: readonly string[]
  readonly position: number
  /** Are records filtered and sorted by it at any size; null leaves it to the server. */
  readonly indexed: boolean | null
}

export interface Import extends Stamped {
  readonly state: 'draft' | 'running' | 'done' | 'failed' | 'undoing' | 'undone'
  readonly files: unknown
  readonly plan: unknown
  readonly progress: unknown
  readonly summary: unknown
  readonly error: string | null
  readonly started_at: string | null
  readonly finished_at: string | null
  readonly undone_at: string | null
}

/** Every synchronised table and the shape of its rows. */
export interface Tables {
  contacts: Contact
  organizations: Organization
  opportunities: Opportunity
  pipelines: Pipeline
  stages: Stage
  products: Product
  opportunity_items: OpportunityItem
  activities: Activity
  memberships: Membership
  teams: Team
  tags: Tag
  custom_fields: CustomField
  imports: Import
}

export type TableName = keyof Tables
