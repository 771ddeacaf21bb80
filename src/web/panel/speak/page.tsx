/**
 * Speaking live to loudspeakers.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { LocalDate } from "../../../domain/local-time.js";
import { targeted } from "../../../domain/targets.js";
import type { ChimeView } from "../../../server/api/chime-routes.js";
import { ask } from "../ask.js";
import { reachOf } from "../emergency/reach.js";
import { fetchPolicies } from "../lists.js";
import { now, picture, zone } from "../live/line.js";
import { useAct } from "../pieces/act.js";
import { useFetched } from "../pieces/fetched.js";
import { areas, mayDo } from "../session.js";
import { localDateOf } from "../words/times.js";
import { type Capture, openCapture } from "./capture.js";
import { Form } from "./form.js";
import { Level } from "./level.js";
import { OnAir } from "./on-air.js";
import "./speak.css";
import { TalkButton } from "./talk-button.js";
import { Talks } from "./talks.js";
import { useSpeaking } from "./use-speaking.js";
import { FIRST_WISH, missingIn, type Wish } from "./wish.js";
import { words } from "./words.js";

const fetchChimes = () => ask<readonly ChimeView[]>("GET", "/chimes");

export default function Speak() {
  const say = words();
  const today = localDateOf(now.value, zone.value) as LocalDate;
  const [wish, setWish] = useState<Wish>(FIRST_WISH);
  const [isHeld, setHeld] = useState(true);
  const [isLevelled, setLevelled] = useState(false);
  const chimes = useFetched(fetchChimes, []);
  const policies = useFetched(fetchPolicies, []);
  const receivers = [...(picture.value?.receivers.values() ?? [])];
  const meant = new Set(targeted(wish.targets, { areas: areas.value, receivers }, today).map(({ id }) => id));
  const chosen = receivers.filter(({ id }) => meant.has(id));
  const { capture, busy, wrong, open } = useCapture(isLevelled);
  const { speaking, begin, end } = useSpeaking(capture);
  const isBusy = speaking.is === "opening" || speaking.is === "on-air";
  const needs =
    wish.class === "emergency" && policies.value
      ? reachOf(wish.targets, false, {
          ...{ areas: areas.value, receivers, policies: policies.value, zone: zone.value, today, now: now.value },
        }).needs
      : [];
  const missing = missingIn(wish, chosen.length, needs.length > 0);
  const change = (part: Partial<Wish>) => setWish((before) => ({ ...before, ...part }));
  return (
    <>
      <h1>{say.title}</h1>
      <p>{say.about}</p>
      <fieldset disabled={isBusy} class="speak-form">
        <Form {...{ wish, receivers, chosen, today, needs, chimes: chimes.value ?? [] }} onChange={change} />
        <fieldset class="classes">
          <legend>{say.way}</legend>
          {[true, false].map((one) => (
            <label key={String(one)}>
              <input type="radio" name="way" checked={isHeld === one} onChange={() => setHeld(one)} />
              {one ? say.hold : say.toggle}
            </label>
          ))}
        </fieldset>
        <label>
          <input type="checkbox" checked={isLevelled} onChange={() => setLevelled(!isLevelled)} />
          {say.levelled}
        </label>
      </fieldset>
      {wrong && <p role="alert">{wrong}</p>}
      {capture ? (
        <section class="speak-now">
          <Level analyser={capture.analyser} />
          <TalkButton
            {...{ isHeld, speaking, missing: missing && say[missing], onEnd: end }}
            onBegin={() => void begin(wish)}
          />
          <OnAir speaking={speaking} />
          <p>
            <small>{say.echo}</small>
          </p>
        </section>
      ) : (
        <button type="button" class="talk" aria-busy={busy} onClick={() => void open()}>
          {busy ? say.opening : say.ready}
        </button>
      )}
      {mayDo("inspect", { areas: "anywhere" }, today) && <Talks />}
    </>
  );
}

/** The microphone, from when somebody switches it on until they leave; anew when it is to be levelled otherwise. */
function useCapture(isLevelled: boolean) {
  const [capture, setCapture] = useState<Capture>();
  const held = useRef<Capture | undefined>(undefined);
  const isGone = useRef(false);
  const { busy, wrong, act } = useAct();
  const open = () =>
    act(async () => {
      const opened = await openCapture({ isLevelled });
      // Whoever has left meanwhile is not listened to.
      if (isGone.current) return opened.release();
      held.current?.release();
      held.current = opened;
      setCapture(opened);
    });
  useEffect(() => {
    if (held.current) void open();
  }, [isLevelled]);
  useEffect(
    () => () => {
      isGone.current = true;
      held.current?.release();
    },
    [],
  );
  return { capture, busy, wrong, open };
}
