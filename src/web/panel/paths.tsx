/**
 * Which page is shown, by the browser's own address and history.
 *
 * @module
 */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { guardTab, leave } from "./leaving.js";

/** The path of the page that is shown, such as `/compose`. */
export const path = signal(location.pathname);

/** Shows another page of the panel; whoever would lose work by that is asked first. */
export function go(to: string): void {
  if (to === path.value) return;
  leave(() => {
    history.pushState(null, "", to);
    show();
  });
}

/** The same page has another address from now on. */
export function follow(to: string): void {
  history.replaceState(null, "", to);
  path.value = location.pathname;
}

function show(): void {
  path.value = location.pathname;
  scrollTo(0, 0);
}

/** The browser has gone back or forward already: where work would be lost, it returns until somebody has said that it may be. */
function followBrowser(): void {
  if (location.pathname === path.value) return;
  const isGone = leave(() => {
    if (location.pathname === path.value) history.back();
    else show();
  });
  if (!isGone) history.pushState(null, "", path.value);
}

const WANTED = "loa-wanted-page";

/** Shows the log-in page; whoever comes back in this tab is where they wanted to be. */
export function toTheDoor(): void {
  sessionStorage.setItem(WANTED, location.pathname);
  location.assign("/log-in");
}

/** From now on follows the browser's back and forward buttons. Begins where somebody was before the log-in. */
export function followHistory(): void {
  addEventListener("popstate", followBrowser);
  guardTab();
  const wanted = sessionStorage.getItem(WANTED);
  sessionStorage.removeItem(WANTED);
  if (wanted !== null && location.pathname === "/") history.replaceState(null, "", wanted);
  show();
}

interface LinkProps {
  readonly to: string;
  readonly children: ComponentChildren;
  readonly class?: string;
}

/** A link to a page of the panel; it opens in another tab as any link does. */
export function Link({ to, children, class: of }: LinkProps) {
  const isHere = path.value === to || (to !== "/" && path.value.startsWith(`${to}/`));
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} class={of} aria-current={isHere ? "page" : undefined} onClick={follow}>
      {children}
    </a>
  );
}
