// Moving cards, whichever way: by dragging, by keyboard, from the menu. Asks why when one is lost, cheers quietly when
// one is won, and says to a screen reader what happened.
import { nextTick, shallowRef } from 'vue'
import type { Opportunity, RowId } from '@/api/records'
import { formatMoney } from '@/lib/format'
import { stageOf } from '@/store/pipelines'
import { tables } from '@/store/tables'
import { isTyping } from '@/ui/keys'
import { toast } from '@/ui/toast'
import { neighbour, stepTarget, type Step, type Target } from './board'
import type { Drop } from './drag'
import type { OpenBoard } from './use-board'

const FLASH_MS = 1800

export function useMoves(open: OpenBoard, mayMove: () => boolean) {
  /** The card whose "Move to…" is open. */
  const choosing = shallowRef<Opportunity | null>(null)
  /** The move that waits for a reason. */
  const losing = shallowRef<{ card: Opportunity; target: Target } | null>(null)
  const flash = shallowRef<RowId | null>(null)
  const said = shallowRef('')

  async function request(id: RowId, target: Target) {
    const card = tables.opportunities.get(id)
    const stage = stageOf(target.stage_id)
    if (!card || !stage || !mayMove()) return
    if (stage.kind === 'lost' && card.stage_id !== stage.id) losing.value = { card, target }
    else await carryOut(card, target)
  }

  async function carryOut(card: Opportunity, target: Target, extra: Partial<Opportunity> = {}) {
    const stage = stageOf(target.stage_id)
    const won = stage?.kind === 'won' && card.stage_id !== stage.id
    const moving = open.move(card.id, target, extra)
    void nextTick(() => say(card, target))
    if (!(await moving) || !won) return
    flash.value = card.id
    setTimeout(() => (flash.value = null), FLASH_MS)
    toast({ kind: 'success', title: `${card.name} is won`, text: formatMoney(card.amount, card.currency) })
  }

  function say(card: Opportunity, target: Target) {
    const column = open.board.value.find((each) => each.stage.id === target.stage_id)
    const place = column?.cards.findIndex((each) => each.id === card.id) ?? -1
    if (column && place >= 0) said.value = `${card.name} moved to ${column.stage.name}, place ${place + 1} of ${column.totals.count}`
  }

  function drop({ id, stage_id, beside }: Drop) {
    const others = open.board.value.find((each) => each.stage.id === stage_id)?.cards.filter((each) => each.id !== id) ?? []
    if (beside?.id === id) return
    const place = beside ? others.findIndex((each) => each.id === beside.id) : -1
    const index = place < 0 ? 0 : place + (beside?.edge === 'bottom' ? 1 : 0)
    // Dropped on the empty part of its own column, a card stays; in another one it goes on top.
    if (!beside && tables.opportunities.get(id)?.stage_id === stage_id) return
    void request(id, { stage_id, index })
  }

  function choose(stageId: RowId) {
    const card = choosing.value
    choosing.value = null
    if (card && card.stage_id !== stageId) void request(card.id, { stage_id: stageId, index: 0 }).then(() => focusCard(card.id))
    else if (card) focusCard(card.id)
  }

  function lose(reason: string | null) {
    const waiting = losing.value
    losing.value = null
    if (waiting) void carryOut(waiting.card, waiting.target, { lost_reason: reason })
  }

  function focusCard(id: RowId) {
    void nextTick(() => {
      const card = document.querySelector<HTMLElement>(`[data-card="${id}"] a`)
      card?.focus()
      card?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    })
  }

  const STEPS: Record<string, 'up' | 'down' | 'left' | 'right'> = {
    ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right',
  }

  /** Keys on a card: arrows walk, Ctrl with arrows moves, M asks where to. */
  function key(event: KeyboardEvent) {
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-card]')?.dataset.card
    const card = tables.opportunities.get(id)
    if (!id || !card || isTyping(event)) return
    const step = STEPS[event.key]
    if (event.key === 'm' && !event.ctrlKey && !event.metaKey && mayMove()) choosing.value = card
    else if (step && (event.ctrlKey || event.metaKey)) push(id, step)
    else if (step) {
      const next = neighbour(open.board.value, id, step)
      if (next) focusCard(next.id)
    } else return
    event.preventDefault()
  }

  function push(id: RowId, step: Step) {
    const target = stepTarget(open.board.value, id, step)
    if (!target) return
    void request(id, target)
    focusCard(id)
  }

  return { choosing, losing, flash, said, drop, choose, lose, key, focusCard }
}
