import { Menu, nativeImage, Tray } from 'electron';

/** The icon that stays when the window is closed. */
export interface TrayIcon {
  /** One line about the endpoint, for the tooltip and the menu. */
  say(sentence: string): void;
}

/** Puts Rollcall in the tray. On desktops without one Electron shows nothing; starting Rollcall again opens the window. */
export function createTray(options: { icon: string; open(): void; quit(): void }): TrayIcon {
  const tray = new Tray(nativeImage.createFromPath(options.icon).resize({ width: 22, height: 22 }));
  const say = (sentence: string) => {
    tray.setToolTip(`Rollcall: ${sentence}`);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: sentence, enabled: false },
        { type: 'separator' },
        { label: 'Open Rollcall', click: options.open },
        { label: 'Quit', click: options.quit },
      ]),
    );
  };
  tray.on('click', options.open);
  say('starting');
  return { say };
}
