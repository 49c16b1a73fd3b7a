import { Command as Cmdk } from "cmdk";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { useCanvasStore } from "../canvas/canvas-store.ts";
import { useAppStore } from "../store/use-app.ts";
import { useFocusBack } from "../ui/kept-focus.ts";
import { shownKeys } from "../ui/shown-keys.ts";
import { type Offer, offersFor } from "./offers.ts";
import { runCommand } from "./run-command.ts";

/** Everything that can be done or gone to, found by typing. */
export function Palette() {
  const app = useAppStore();
  const canvas = useCanvasStore();
  const [query, setQuery] = useState("");
  // As it was when the palette opened: nothing changes behind a dialog but the clock.
  const [state] = useState(app.getState);
  const giveBack = useFocusBack();
  const offers = offersFor(state, query);
  const close = () => state.actions.showDialog(undefined);
  const choose = ({ act }: Offer) => {
    close();
    // After the dialog has given the focus back, so that what is chosen may take it.
    requestAnimationFrame(() => {
      if ("command" in act) runCommand(act.command, { app, canvas });
      else if ("step" in act) state.actions.goToStep(act.step);
      else if ("variant" in act) void state.actions.selectVariant(act.variant);
      else void state.actions.openBundled(act.flow);
    });
  };
  const groups = [...new Set(offers.map(({ group }) => group))];
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content className="dialog palette" aria-describedby={undefined} onCloseAutoFocus={giveBack}>
          <Dialog.Title className="visually-hidden">Command palette</Dialog.Title>
          <Cmdk label="Commands, steps, variants and flows" shouldFilter={false} loop>
            <Cmdk.Input
              className="palette-input"
              value={query}
              onValueChange={setQuery}
              placeholder="Command, step, variant or flow"
            />
            <Cmdk.List className="palette-list" label="Found">
              {offers.length === 0 && <Cmdk.Empty className="palette-empty">Nothing is called “{query}”.</Cmdk.Empty>}
              {groups.map((group) => (
                <Cmdk.Group key={group} heading={group} className="palette-group">
                  {offers
                    .filter((offer) => offer.group === group)
                    .map((offer) => (
                      <Cmdk.Item
                        key={offer.id}
                        value={offer.id}
                        className="palette-item"
                        onSelect={() => choose(offer)}
                      >
                        <span className="palette-title">{offer.title}</span>
                        {offer.about !== undefined && <span className="palette-about">{offer.about}</span>}
                        {offer.keys !== undefined && <kbd className="menu-keys">{shownKeys(offer.keys).join("+")}</kbd>}
                      </Cmdk.Item>
                    ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
