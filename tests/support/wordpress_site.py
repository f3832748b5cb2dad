"""A real WordPress with its own MariaDB on 127.0.0.1, private to one test run: installed, filled, and ended by its pids."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOUSE = "museum"
EDITOR = "redaction"
READER = "lecteur"

PROGRAMS = ("php", "mariadbd", "mariadb-install-db")
PACKAGES = ["wordpress", "mariadb-server", "php-cli", "php-mysql", "php-gd", "php-mbstring", "php-xml", "php-curl"]
SHIPPED = Path("/usr/share/wordpress")

_CONFIG = """<?php
define('DB_NAME', 'wp'); define('DB_USER', 'wp'); define('DB_PASSWORD', 'wp');
define('DB_HOST', '127.0.0.1:{port}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {{
    define($name . '_KEY', 'tests only'); define($name . '_SALT', 'tests only');
}}
$table_prefix = 'wp_';
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without https
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""

_PREAMBLE = """
$_SERVER['HTTP_HOST'] = '127.0.0.1:{port}'; $_SERVER['REQUEST_URI'] = '/'; $_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
{before} require '{www}/wp-load.php';
"""

_INSTALL = """
require ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
wp_install('Musée', '%(house)s', 'house@example.test', true, '', 'unused', 'fr_FR');
foreach (['siteurl', 'home'] as $name) update_option($name, 'http://127.0.0.1:%(port)d');
update_option('permalink_structure', '/%%postname%%/');
update_option('timezone_string', 'Europe/Paris');
foreach (['comment_moderation', 'comment_previously_approved', 'comments_notify', 'moderation_notify'] as $name)
    update_option($name, '0');
wp_insert_user(['user_login' => '%(editor)s', 'user_pass' => 'unused', 'user_email' => 'e@example.test', 'role' => 'editor']);
wp_insert_user(['user_login' => '%(reader)s', 'user_pass' => 'unused', 'user_email' => 'r@example.test', 'role' => 'subscriber']);
$made = [];
foreach (['%(house)s', '%(editor)s', '%(reader)s'] as $login)
    $made[$login] = WP_Application_Passwords::create_new_application_password(
        get_user_by('login', $login)->ID, ['name' => 'becalm'])[0];
echo json_encode($made);
"""

_ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file($_SERVER['DOCUMENT_ROOT'] . $path)) return false;
$_SERVER['SCRIPT_NAME'] = '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
"""


@dataclass
class Site:
    """One running site, seen past the code under test.

    Attributes:
        url: its address.
        passwords: the application password of each account.
        www: where its files are.
    """

    url: str
    passwords: dict[str, str]
    www: Path

    def raw(self, path: str) -> bytes:
        """Return what a visitor is answered."""
        with urllib.request.urlopen(f"{self.url}/wp-json/wp/v2/{path}", timeout=30) as answer:
            body: bytes = answer.read()
        return body

    def call(self, method: str, path: str, user: str | None = HOUSE, **body: Any) -> Any:
        """Speak the REST API as `user`."""
        headers = {"Content-Type": "application/json"}
        if user is not None:
            pair = f"{user}:{self.passwords[user]}".encode()
            headers["Authorization"] = f"Basic {b64encode(pair).decode()}"
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"{self.url}/wp-json/wp/v2/{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def publish(self, title: str = "L'Épée", **more: Any) -> Any:
        """Publish a post as the house."""
        return self.call("POST", "posts", title=title, content="Ouvre vendredi.", status="publish", **more)

    def write(self, post: int, content: str, author: str = "Camille", **more: Any) -> Any:
        """Let a visitor without an account comment; the house files it, so that no flood is suspected."""
        who = {"author_name": author, "author_email": "visitor@example.test", "author_ip": "192.0.2.7"}
        body = {**who, "status": "approved", **more}
        return self.call("POST", "comments", post=post, content=content, **body)

    def comments(self, post: int, status: str = "approve") -> list[dict[str, Any]]:
        """Return the comments under a post, oldest first."""
        path = f"comments?post={post}&status={status}&per_page=100&order=asc&orderby=id&context=edit"
        found: list[dict[str, Any]] = self.call("GET", path)
        return found

    def php(self, code: str, before: str = "") -> str:
        """Run code inside the site, for what its API does not offer."""
        port = self.url.rpartition(":")[2]
        preamble = _PREAMBLE.format(port=port, www=self.www, before=before)
        run = subprocess.run(["php", "-r", preamble + code], capture_output=True, text=True, timeout=120, check=False)
        if run.returncode:
            raise RuntimeError(f"PHP failed: {run.stdout[-1000:]}{run.stderr[-1000:]}")
        return run.stdout


def hindrance() -> str:
    """Install what is missing where we may; return why a site cannot run here, or ""."""
    if not _missing():
        return ""
    if os.geteuid() or shutil.which("apt-get") is None:
        return f"no real WordPress: {', '.join(_missing())} missing; as root on Debian they are installed by themselves"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        run = subprocess.run(["apt-get", "-qq", *command], env=environment, capture_output=True, text=True, check=False)
        if run.returncode:
            return f"no real WordPress: apt-get {command[0]} failed: {run.stderr.strip()[-300:]}"
    return f"no real WordPress: {', '.join(_missing())} missing after the installation" if _missing() else ""


def _missing() -> list[str]:
    found = [name for name in PROGRAMS if shutil.which(name) is None]
    return found if (SHIPPED / "wp-load.php").exists() else [*found, "wordpress"]


@contextmanager
def running_wordpress() -> Iterator[Site]:
    """Run a fresh site until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="becalm-wordpress-"))
    started: list[subprocess.Popen[bytes]] = []
    try:
        yield _start(folder, started)
    finally:
        for process in reversed(started):
            _end(process)
        shutil.rmtree(folder)


def _start(folder: Path, started: "list[subprocess.Popen[bytes]]") -> Site:
    database, port = _free_port(), _free_port()
    _start_database(folder, database, started)
    www = folder / "www"
    shutil.copytree(SHIPPED, www, ignore=shutil.ignore_patterns("wp-config.php"), ignore_dangling_symlinks=True)
    (www / "wp-config.php").write_text(_CONFIG.format(port=database))
    (folder / "router.php").write_text(_ROUTER)
    site = Site(f"http://127.0.0.1:{port}", {}, www)
    names = {"house": HOUSE, "editor": EDITOR, "reader": READER, "port": port}
    site.passwords |= json.loads(site.php(_INSTALL % names, "define('WP_INSTALLING', true);").splitlines()[-1])
    command = ["php", "-S", f"127.0.0.1:{port}", "-t", str(www), str(folder / "router.php")]
    _spawn(command, folder / "php.log", started, PHP_CLI_SERVER_WORKERS="4")
    _wait(started[-1], folder / "php.log", lambda: urllib.request.urlopen(f"{site.url}/wp-json/", timeout=20).close())
    return site


def _start_database(folder: Path, port: int, started: "list[subprocess.Popen[bytes]]") -> None:
    data, log = folder / "db", folder / "db.log"
    user = f"--user={'root' if os.geteuid() == 0 else os.environ.get('USER', 'nobody')}"
    command = ["mariadb-install-db", "--no-defaults", user, f"--datadir={data}", "--skip-test-db"]
    subprocess.run([*command, "--auth-root-authentication-method=normal"], capture_output=True, timeout=120, check=True)
    first = folder / "first.sql"
    first.write_text(
        "create database wp character set utf8mb4;\n"
        "create user wp@'127.0.0.1' identified by 'wp';\n"
        "grant all on wp.* to wp@'127.0.0.1';\n"
    )
    command = ["mariadbd", "--no-defaults", user, f"--datadir={data}", f"--socket={folder / 's'}", f"--port={port}"]
    command += ["--bind-address=127.0.0.1", "--innodb-buffer-pool-size=32M", "--innodb-flush-log-at-trx-commit=0"]
    _spawn([*command, f"--init-file={first}"], log, started)
    _wait(started[-1], log, lambda: socket.create_connection(("127.0.0.1", port), 2).close())


def _spawn(command: list[str], log: Path, started: "list[subprocess.Popen[bytes]]", **environment: str) -> None:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=os.environ | environment, start_new_session=True
        )
    started.append(process)


def _wait(process: "subprocess.Popen[bytes]", log: Path, probe: Any) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            probe()
        except (OSError, urllib.error.URLError):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.1)  # until it answers, or ends
        else:
            return
    raise RuntimeError(f"{process.args!r} did not start: {log.read_text(errors='replace')[-2000:]}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and what it forked (PHP's workers outlive their parent): the session is its own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
