// What the side navigation offers. An entry shows once its feature has a route of that name.
import {
  ArrowDownTrayIcon,
  BuildingOffice2Icon,
  CheckCircleIcon,
  Cog6ToothIcon,
  HomeIcon,
  UserGroupIcon,
  ViewColumnsIcon,
} from '@heroicons/vue/24/outline'
import type { FunctionalComponent } from 'vue'

export interface NavigationEntry {
  name: string
  label: string
  icon: FunctionalComponent
  /** Shown in the bar at the bottom of a phone, too. */
  primary: boolean
  /** Routes that belong to it besides its own. */
  also?: readonly string[]
}

export const NAVIGATION: readonly NavigationEntry[] = [
  { name: 'dashboard', label: 'Home', icon: HomeIcon, primary: true },
  { name: 'contacts', label: 'Contacts', icon: UserGroupIcon, primary: true, also: ['contact'] },
  { name: 'organizations', label: 'Organizations', icon: BuildingOffice2Icon, primary: true, also: ['organization'] },
  { name: 'opportunities', label: 'Opportunities', icon: ViewColumnsIcon, primary: true, also: ['opportunity'] },
  { name: 'activities', label: 'Activities', icon: CheckCircleIcon, primary: true, also: ['activity'] },
  { name: 'imports', label: 'Imports', icon: ArrowDownTrayIcon, primary: false, also: ['import'] },
  { name: 'settings', label: 'Settings', icon: Cog6ToothIcon, primary: false },
]
