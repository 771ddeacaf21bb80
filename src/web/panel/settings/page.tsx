/**
 * Cài đặt: set it once, safely.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { SETTING_GROUPS, type SettingGroup } from "../../../domain/station-setting.js";
import type { SettingsView, SettingView } from "../../../server/api/settings-routes.js";
import { askKept, type Kept, Refusal } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { useAct } from "../pieces/act.js";
import { useFetched } from "../pieces/fetched.js";
import { BackupPart } from "./backup-part.js";
import { laterOf, SettingField, type SettingValue } from "./field.js";
import { PolicyPart } from "./policy-part.js";
import { Recipients } from "./recipients.js";
import { RestartPart } from "./restart-part.js";
import "./settings.css";
import { words } from "./words.js";

export const fetchSettings = () => askKept<SettingsView>("GET", "/settings");

export default function Settings() {
  const say = words();
  const fetched = useFetched(fetchSettings, []);
  const [own, setOwn] = useState<Kept<SettingsView>>();
  const read = own ?? fetched.value;
  /** What is written and not saved belongs to what was read: it stays over saves of one's own, and goes when all is read anew. */
  const [round, setRound] = useState(0);
  const again = () => {
    setOwn(undefined);
    setRound(round + 1);
    fetched.again();
  };
  return (
    <>
      <h1>{say.title}</h1>
      <p>{say.about}</p>
      {fetched.wrong && <p role="alert">{fetched.wrong}</p>}
      {read && (
        <>
          <RestartPart settings={read.value} onBack={again} />
          {SETTING_GROUPS.map((group) => (
            <Group key={`${group} ${round}`} {...{ group, read }} onKept={setOwn} onAgain={again} />
          ))}
          <PolicyPart key={round} read={read} onKept={setOwn} />
        </>
      )}
    </>
  );
}

interface GroupProps {
  readonly group: SettingGroup;
  readonly read: Kept<SettingsView>;
  readonly onKept: (next: Kept<SettingsView>) => void;
  readonly onAgain: () => void;
}

function Group({ group, read, onKept, onAgain }: GroupProps) {
  const say = words();
  const settings = read.value.settings.filter((setting) => setting.group === group);
  const [draft, setDraft] = useState<Readonly<Record<string, SettingValue>>>({});
  const [isConflict, setConflict] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const { busy, wrong, act } = useAct();
  const isUnchanged = Object.keys(draft).length === 0;
  useUnsaved(!isUnchanged && "unsaved");
  const shownOf = (setting: SettingView) => draft[setting.key] ?? (setting.key in draft ? null : laterOf(setting));
  const save = async (event: Event) => {
    event.preventDefault();
    if (isUnchanged) return;
    setSaved(false);
    await act(async () => {
      setConflict(false);
      try {
        onKept(await askKept<SettingsView>("PATCH", "/settings", { body: draft, revision: read.revision }));
        // What was written meanwhile stays.
        setDraft((later) => (later === draft ? {} : later));
        setSaved(true);
      } catch (thrown) {
        if (thrown instanceof Refusal && thrown.status === 409) setConflict(true);
        throw thrown;
      }
    });
  };
  return (
    <section aria-labelledby={`group-${group}`}>
      <h2 id={`group-${group}`}>{say.groups[group]}</h2>
      <form class="narrow" onSubmit={(event) => void save(event)}>
        {settings.map((setting) => (
          <SettingField
            key={setting.key}
            setting={setting}
            value={shownOf(setting)}
            onValue={(value) => {
              setDraft({ ...draft, [setting.key]: value });
              setSaved(false);
            }}
          />
        ))}
        {isConflict ? (
          <p role="alert">
            {say.conflict}{" "}
            <button type="button" class="quiet" onClick={onAgain}>
              {say.takeNew}
            </button>
          </p>
        ) : (
          wrong && <p role="alert">{wrong}</p>
        )}
        {isSaved && isUnchanged && <p role="status">{say.saved}</p>}
        <button type="submit" aria-disabled={busy || isUnchanged}>
          {say.save}
          <span class="unseen"> – {say.groups[group]}</span>
        </button>
      </form>
      {group === "backup" && <BackupPart />}
      {group === "notices" && <Recipients read={read} onKept={onKept} />}
    </section>
  );
}
