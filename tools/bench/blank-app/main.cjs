// The least an Electron app can be: what ours is compared with.
const { join } = require("node:path");
const { app, BrowserWindow } = require("electron");

app.on("window-all-closed", () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900, show: false, webPreferences: { sandbox: true } });
  window.once("ready-to-show", () => window.show());
  void window.loadFile(join(__dirname, "index.html"));
});
