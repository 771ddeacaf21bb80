/**
 * What many loudspeakers do at once, shown calmly: tiles keep their places for a while, and those that nobody sees are drawn seldom.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { AreaTree } from "../../../domain/area.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { now } from "../live/line.js";
import { type Group, groupsOf } from "./groups.js";

/** Groups and their order are worked out anew this often: what jumps away under a finger cannot be pressed. */
const SETTLED_MS = 2000;
/** What is out of sight is drawn this often. */
const UNSEEN_MS = 1000;

/** The groups with the newest word of each loudspeaker, in an order that changes every two seconds at most. */
export function useSteadyGroups(
  receivers: ReadonlyMap<string, ReceiverView>,
  areas: AreaTree,
  typed: string,
): readonly Group[] {
  const settled = useRef<{ readonly of: string; readonly at: number; readonly groups: readonly Group[] } | undefined>(
    undefined,
  );
  const of = `${typed} ${receivers.size} ${areas.size}`;
  if (settled.current?.of !== of || Math.abs(now.value - settled.current.at) >= SETTLED_MS)
    settled.current = { of, at: now.value, groups: groupsOf(receivers.values(), areas, typed) };
  return settled.current.groups.map((group) => ({
    ...group,
    receivers: group.receivers.flatMap((one) => receivers.get(one.id) ?? []),
  }));
}

/** Shared by all tiles: one observer for six hundred is cheaper than six hundred. */
const watched = new Map<Element, (isSeen: boolean) => void>();
let observer: IntersectionObserver | undefined;
const theObserver = () => {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) watched.get(target)?.(isIntersecting);
    },
    { rootMargin: "200px" },
  );
  return observer;
};

/** The newest value while the element is in sight, an older one, though not by much more than a second, while it is not. */
export function useWhenSeen<T>(newest: T) {
  const element = useRef<HTMLLIElement>(null);
  const [isSeen, setSeen] = useState(true);
  const shown = useRef({ value: newest, at: now.peek() as number });
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    watched.set(current, setSeen);
    theObserver().observe(current);
    return () => {
      watched.delete(current);
      theObserver().unobserve(current);
    };
  }, []);
  if (isSeen || now.peek() - shown.current.at >= UNSEEN_MS) shown.current = { value: newest, at: now.peek() };
  return { element, shown: shown.current.value };
}
