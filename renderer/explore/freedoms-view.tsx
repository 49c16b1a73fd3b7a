import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { mostSeconds, mostStates } from "../../shared/run/exploration.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuCheck, MenuHeading } from "../ui/menu.tsx";
import type { Choices, Chosen, KindOffer, OfferGroup } from "./freedom-form.ts";
import "../ui/fields.css";

interface KindProps {
  readonly offer: KindOffer;
  readonly chosen: Chosen | undefined;
  readonly onChange: (chosen: Chosen | undefined) => void;
}

/** To whom a freedom is confined: nobody chosen means everybody. */
function Where({ offer: { title, places }, chosen, onChange }: KindProps & { readonly chosen: Chosen }) {
  const { where } = chosen;
  const names = places.filter(({ id }) => where.includes(id)).map(({ name }) => name);
  const text =
    names.length === 0 ? "Everybody" : names.length === 1 ? (names[0] ?? "") : `${names.length} of ${places.length}`;
  const toggle = (id: string, on: boolean) => {
    const next = places.map((place) => place.id).filter((other) => (other === id ? on : where.includes(other)));
    onChange({ ...chosen, where: next.length === places.length ? [] : next });
  };
  const button = (
    <Button look="outlined" className="freedom-where" aria-label={`${title}: who? ${text}`} title={names.join(", ")}>
      <span className="freedom-where-text">{text}</span>
      <ChevronDown size={14} aria-hidden="true" />
    </Button>
  );
  return (
    <Menu button={button}>
      <MenuHeading>{title}</MenuHeading>
      <MenuCheck checked={where.length === 0} onChange={() => onChange({ ...chosen, where: [] })}>
        Everybody
      </MenuCheck>
      {places.map(({ id, name }) => (
        <MenuCheck key={id} checked={where.includes(id)} onChange={(on) => toggle(id, on)}>
          {name}
        </MenuCheck>
      ))}
    </Menu>
  );
}

function Kind(props: KindProps) {
  const { offer, chosen, onChange } = props;
  const id = useId();
  return (
    <div className="freedom" data-on={chosen !== undefined || undefined}>
      <label className="field-switch" htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          checked={chosen !== undefined}
          onChange={(event) => onChange(event.target.checked ? { where: [], numbers: "" } : undefined)}
        />
        <span className="field">
          <span className="field-label">{offer.title}</span>
          <span className="field-says">{offer.says}</span>
        </span>
      </label>
      {chosen !== undefined && (offer.places.length > 1 || offer.numbers !== undefined) && (
        <div className="freedom-more">
          {offer.places.length > 1 && <Where {...props} chosen={chosen} />}
          {offer.numbers !== undefined && (
            <label className="freedom-numbers">
              <span>{offer.numbers.title}</span>
              <input
                className="field-input"
                inputMode="numeric"
                maxLength={200}
                value={chosen.numbers}
                placeholder={offer.numbers.says}
                title={offer.numbers.says}
                onChange={(event) => onChange({ ...chosen, numbers: event.target.value })}
              />
            </label>
          )}
        </div>
      )}
    </div>
  );
}

/** How far an exploration may go, as it is written. */
export interface BoundsText {
  readonly states: string;
  readonly seconds: string;
}

/** The bounds as numbers; undefined where one is none. */
export function boundsOf({
  states,
  seconds,
}: BoundsText): { readonly states: number; readonly seconds: number } | undefined {
  const read = (text: string, most: number) => {
    const number = Number(text.replaceAll(/[\s,]/g, ""));
    return /\d/.test(text) && Number.isInteger(number) && number >= 1 && number <= most ? number : undefined;
  };
  const bounds = { states: read(states, mostStates), seconds: read(seconds, mostSeconds) };
  return bounds.states === undefined || bounds.seconds === undefined
    ? undefined
    : { states: bounds.states, seconds: bounds.seconds };
}

interface FreedomsProps {
  readonly groups: readonly OfferGroup[];
  readonly choices: Choices;
  readonly onChoices: (choices: Choices) => void;
  readonly bounds: BoundsText;
  readonly onBounds: (bounds: BoundsText) => void;
}

/** What may vary, and how far it is followed. */
export function FreedomsView({ groups, choices, onChoices, bounds, onBounds }: FreedomsProps) {
  const wrong = boundsOf(bounds) === undefined;
  const bound = (name: keyof BoundsText, title: string) => (
    <label className="freedom-numbers">
      <span>{title}</span>
      <input
        className="field-input"
        inputMode="numeric"
        maxLength={20}
        aria-invalid={wrong || undefined}
        value={bounds[name]}
        onChange={(event) => onBounds({ ...bounds, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <div className="freedoms">
      {groups.map(({ title, offers }) => (
        <fieldset key={title} className="field-group freedom-group">
          <legend className="field-label">{title}</legend>
          {offers.map((offer) => (
            <Kind
              key={offer.kind}
              offer={offer}
              chosen={choices[offer.kind]}
              onChange={(chosen) => {
                const { [offer.kind]: _, ...others } = choices;
                onChoices(chosen === undefined ? others : { ...others, [offer.kind]: chosen });
              }}
            />
          ))}
        </fieldset>
      ))}
      <fieldset className="field-group freedom-group">
        <legend className="field-label">Stop early after</legend>
        <div className="freedom-bounds">
          {bound("states", "Worlds")}
          {bound("seconds", "Seconds")}
        </div>
        {wrong && (
          <p className="field-wrong" role="alert">
            From 1 to {mostStates.toLocaleString("en")} worlds, and from 1 to {mostSeconds.toLocaleString("en")}{" "}
            seconds.
          </p>
        )}
      </fieldset>
    </div>
  );
}
