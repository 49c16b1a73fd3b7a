import { useMemo, useState } from "react";
import type { Explored } from "../../shared/run/exploration.ts";
import type { OutcomeMap } from "../../shared/run/outcome-map.ts";
import { headlineOf, isCurrent } from "../explore/found.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { DialogFrame } from "../ui/dialog-frame.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Chosen } from "./chosen.tsx";
import { drawnMap, mapOutcomes } from "./drawn.ts";
import { MapList } from "./map-list.tsx";
import { MapPicture } from "./map-picture.tsx";
import { foldedText } from "./words.ts";
import "../ui/list-panel.css";
import "../requirements/requirements.css";
import "../explore/explore.css";
import "./outcome-map.css";

/** So many decisions can be looked at; the first is what is usual. */
const amounts = [16, 32, 64, 128] as const;

interface ViewProps {
  readonly explored: Explored;
  readonly map: OutcomeMap;
  /** It is about the flow as it is. */
  readonly isCurrent: boolean;
}

function OutcomeMapView({ explored, map: whole, isCurrent }: ViewProps) {
  const { exploration } = explored;
  const [look, setLook] = useState<"picture" | "list">("picture");
  const [most, setMost] = useState<number>(amounts[0]);
  const [chosen, setChosen] = useState<string>();
  const map = useMemo(() => drawnMap(whole, mapOutcomes(exploration), most), [whole, exploration, most]);
  const judged = exploration.judged.runs > 0;
  const about = foldedText(map, look === "picture" ? map.rest.length : 0);
  const props = { map, judged, chosen, onChoose: setChosen };
  const total = whole.decisions.length;
  return (
    <>
      <div className="map-bar">
        <p className="explore-headline">{headlineOf(exploration)}</p>
        {total > amounts[0] && (
          <label className="map-amount">
            <span>Decisions</span>
            <select className="field-input" value={most} onChange={(event) => setMost(Number(event.target.value))}>
              {amounts
                .filter((_, index) => index === 0 || (amounts[index - 1] ?? 0) < total)
                .map((amount) => (
                  <option key={amount} value={amount}>
                    {amount < total
                      ? `${amount} of ${total.toLocaleString("en")}`
                      : `all ${total.toLocaleString("en")}`}
                  </option>
                ))}
            </select>
          </label>
        )}
        <Segmented
          label="Map as"
          value={look}
          options={[
            { value: "picture", text: "Picture" },
            { value: "list", text: "List" },
          ]}
          onChange={setLook}
        />
      </div>
      {!isCurrent && <p className="explore-early">The flow has changed since; this is about an older one.</p>}
      {about !== "" && <p className="list-about map-about">{about}</p>}
      <div className="map-body">{look === "picture" ? <MapPicture {...props} /> : <MapList {...props} />}</div>
      <Chosen explored={explored} map={map} id={chosen} />
    </>
  );
}

/** Which turns lead to which outcomes of the last exploration of the flow shown. */
export function OutcomeMapDialog() {
  const { showDialog, showSidePanel } = useActions();
  const exploring = useApp(({ open, explorations }) => (open === undefined ? undefined : explorations[open.handle]));
  const flow = useApp(({ open }) => open?.flow);
  const done = exploring?.kind === "done" ? exploring : undefined;
  const explored = done?.explored;
  const explore = () => {
    showDialog(undefined);
    showSidePanel("explore", "start");
  };
  return (
    <DialogFrame title="Outcome map" size="full">
      {explored?.exploration.map === undefined ? (
        <div className="list-nothing map-nothing">
          <p>Nothing of this flow has been explored yet.</p>
          <Button look="outlined" onClick={explore}>
            Explore Outcomes…
          </Button>
        </div>
      ) : (
        <OutcomeMapView
          explored={explored}
          map={explored.exploration.map}
          isCurrent={flow !== undefined && done !== undefined && isCurrent(flow, done.scenario, explored)}
        />
      )}
    </DialogFrame>
  );
}
