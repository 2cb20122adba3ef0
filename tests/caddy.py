"""The Caddy of deploy/Caddyfile with the site behind it, on ports of this machine."""

import os
import subprocess

from tests.proxy import NAME, ROOT, SELF_SIGNED, SHORT_SECONDS, Proxy, program

CADDYFILE = ROOT / "deploy/Caddyfile"


def caddy() -> str:
    return program("caddy", "caddy")


class Caddy(Proxy):
    """Its logs are in `caddy.log`, line by line JSON."""

    log_name = "caddy.log"

    def configure(self) -> list[str]:
        (self.folder / "Caddyfile").write_text(self._moved(CADDYFILE.read_text()))
        key, certificate = self.folder / "certificate.key", self.folder / "certificate.pem"
        subprocess.run(
            [program("openssl", "openssl"), *SELF_SIGNED, "-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
        return [caddy(), "run", "--config", "Caddyfile", "--adapter", "caddyfile"]

    def _moved(self, text: str) -> str:
        """The shipped file with places, ports and a certificate of this test."""
        ports = f"http_port {self.plain}\n\thttps_port {self.secure}\n\tdefault_bind 127.0.0.1\n"
        for old, new in [
            ("/run/tracker/site.sock", f"{self.folder}/site.sock"),
            ("/srv/tracker/deploy", f"{ROOT}/deploy"),
            ("\tadmin off\n", f"\tadmin off\n\t{ports}"),
            ("{$SITE_NAME} {\n", "{$SITE_NAME} {\n\ttls certificate.pem certificate.key\n"),
            ("read_header 10s", f"read_header {SHORT_SECONDS}s"),
            ("read_body 60s", f"read_body {SHORT_SECONDS}s"),
        ]:
            assert old in text, old
            text = text.replace(old, new)
        return text

    def environment(self) -> dict[str, str]:
        places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(self.folder))
        return os.environ | places | {"SITE_NAME": NAME}
