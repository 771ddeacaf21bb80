/**
 * The foot of the screen: what came of the last step, and the button that goes on.
 *
 * @module
 */
import { Link } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { bilingual, told } from "../words/language.js";
import { AirStatus } from "./air-status.js";
import type { DraftKeeper } from "./draft-keeper.js";
import { MainButton } from "./main-button.js";
import { unplan } from "./plan.js";
import type { Composition } from "./use-composition.js";

const words = bilingual(
  {
    undo: "Hoàn tác xếp lịch",
    planned: "Đã xếp lịch.",
    noWayBack:
      "Phát ngay một bản tin khẩn cấp riêng lẻ thì không có sẵn bản đính chính và báo yên, và chỉ phát một lần. Có gói khẩn cấp thì hãy dùng gói.",
    packs: "Gói khẩn cấp",
  },
  {
    undo: "Undo the schedule",
    planned: "It is scheduled.",
    noWayBack:
      "An emergency that is played by itself has no correction and no all-clear prepared, and sounds once. Where there is a pack, give the pack.",
    packs: "Emergency packs",
  },
);

interface GoingProps {
  readonly keeper: DraftKeeper;
  readonly composition: Composition;
}

export function Going({ keeper, composition }: GoingProps) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const { next, unknown, plansToo, press, planned, setPlanned, ordered } = composition;
  const undo = () =>
    act(async () => {
      if (planned) await unplan(planned);
      setPlanned(undefined);
    });
  return (
    <div class="going">
      {wrong && <p role="alert">{wrong}</p>}
      {ordered && <AirStatus ordered={ordered} />}
      {planned && (
        <div role="status">
          {say.planned}{" "}
          <button type="button" class="quiet" aria-disabled={busy} onClick={() => void undo()}>
            {say.undo}
          </button>
          {planned.remarks.map((remark) => (
            <p key={remark.en}>{told(remark)}</p>
          ))}
        </div>
      )}
      {next.step === "play" && keeper.state.value.draft.class === "emergency" && (
        <p>
          {say.noWayBack} <Link to="/emergency">{say.packs}</Link>
        </p>
      )}
      <MainButton
        {...{ next, unknown, plansToo, busy: busy || keeper.state.value.busy }}
        onPress={() => void act(press)}
      />
    </div>
  );
}
