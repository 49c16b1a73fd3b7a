import "./recovery-banner.css";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";

/** After a session that did not end properly: what of it can be had back. Nothing is written before a person decides. */
export function RecoveryBanner() {
  const recoverable = useApp((state) => state.recoverable);
  const { recover, discardRecoverable } = useActions();
  if (recoverable.length === 0) return null;
  const flows = recoverable.length === 1 ? "1 flow" : `${recoverable.length} flows`;
  return (
    <section className="recovery" role="alert" aria-label="Recovery">
      <p>Callflow did not close properly: {flows} can be recovered.</p>
      <ul>
        {recoverable.map(({ id, name, path, edits, at, damage }) => (
          <li key={id}>
            <span className="recovery-flow">
              <strong title={path ?? name}>{name}</strong>{" "}
              <span className="recovery-detail">
                {edits === 1 ? "1 edit" : `${edits} edits`}, {new Date(at).toLocaleString()}
                {damage !== undefined && `. ${damage}`}
              </span>
            </span>
            <Button look="outlined" aria-label={`Recover ${name}`} onClick={() => void recover(id)}>
              Recover
            </Button>
            <Button aria-label={`Discard ${name}`} onClick={() => void discardRecoverable(id)}>
              Discard
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
