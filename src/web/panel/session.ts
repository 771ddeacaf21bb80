/**
 * Who sits at this panel, and what they may do. The station decides anew at each request; this only spares people buttons
 * that would be refused.
 *
 * @module
 */
import { signal } from "@preact/signals";
import type { AreaTree } from "../../domain/area.js";
import type { LocalDate } from "../../domain/local-time.js";
import { type Grant, may, type Permission, type Touched } from "../../domain/permission.js";
import type { Person } from "../../domain/person.js";
import type { SelfView } from "../../server/api/account-views.js";

/** Absent until the station has said it. */
export const self = signal<SelfView | undefined>(undefined);
/** Why the station has not said who sits here, in words. */
export const unlearned = signal<string | undefined>(undefined);
/** The station's areas; empty until they have come. */
export const areas = signal<AreaTree>(new Map());

/** Whoever sits here, as the rule of two people knows them. */
export function me(): Person {
  const { name = "", account } = self.value ?? {};
  return { name, account: account?.id };
}

/** Whether whoever sits here may do this today. @param today in the station's zone */
export function mayDo(permission: Permission, touched: Touched, today: string): boolean {
  const grants = (self.value?.grants ?? []) as readonly Grant[];
  return may(grants, permission, touched, { areas: areas.value, today: today as LocalDate }).may;
}
