import { contextBridge, ipcRenderer, webUtils } from "electron";
import { CALL_CHANNEL, EVENT_CHANNEL, type Exposed } from "../shared/ipc/channels.ts";

/**
 * All that the page gets of the main process: one function to call, one to listen. Which calls there are, and whether a
 * request fits, main decides for itself.
 */
const exposed: Exposed = {
  call: (name, request, file) =>
    // Only a file that a person dropped or chose has a path; the page itself never learns it.
    ipcRenderer.invoke(CALL_CHANNEL, name, request, file instanceof File ? webUtils.getPathForFile(file) : ""),
  on: (listener) => {
    const hear = (_event: unknown, name: string, payload: string): void => listener(name, payload);
    ipcRenderer.on(EVENT_CHANNEL, hear);
    return () => void ipcRenderer.removeListener(EVENT_CHANNEL, hear);
  },
};

contextBridge.exposeInMainWorld("callflow", exposed);
