"""Replies, notices and threads: chosen, looked at, edited; nothing leaves without the send bar."""

from datetime import timedelta

from sitting import Room, seated

from inbox.outbox import DeliveryState, Kind


async def test_a_reply_leaves_only_from_the_send_bar(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("r", "enter", "escape", "r", "o", "y")
        assert room.outbox() == []
        await seat.press("tab", "o")
        entries = room.outbox()
        assert [e.kind for e in entries] == [Kind.REPLY]
        assert "leaves in 10 s" in seat.text()


async def test_enter_never_sends(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("r", "tab", "enter", "enter", "enter")
        assert room.outbox() == []


async def test_what_is_typed_is_what_leaves(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Merci", "space", *"bien", "enter", "é", "tab", "o")
        outgoing = room.outbox()[0].outgoing
        assert outgoing is not None
        assert outgoing.text.endswith("Merci bien\né")


async def test_type_ahead_in_one_packet_reaches_the_text_before_it_is_sent(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R")
        await seat.burst(*"abcdefgh", "tab", "o")
        outgoing = room.outbox()[0].outgoing
        assert outgoing is not None
        assert outgoing.text.endswith("abcdefgh")


async def test_z_takes_a_pending_reply_back(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Non", "tab", "o", "z")
        assert room.outbox()[0].state is DeliveryState.TAKEN_BACK
        assert "Taken back: the sending" in seat.text()


async def test_a_draft_waits_for_its_comment(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Cher", "escape", "escape")
        await seat.press("r")
        assert "your draft" in seat.text()
        assert "Cher" in seat.text()


async def test_an_edited_reply_taken_back_is_a_draft_again(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("r", "enter", *"Cher", "tab", "o", "z", "r")
        assert "your draft" in seat.text()
        assert "Cher" in seat.text()


async def test_a_text_taken_back_in_the_outbox_is_a_draft_again(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Cher", "tab", "o", "O", "z", "escape", "r")
        assert "your draft" in seat.text()


async def test_a_placeholder_that_nobody_filled_blocks_sending_and_takes_the_caret(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Venez", "space", *"$horaires", "tab")
        assert "$horaires is empty" in seat.text()
        await seat.press("o")
        assert room.outbox() == []


async def test_a_paste_into_the_editor_is_made_harmless(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R")
        await seat.paste("bonjour\x1b[2J\u202e\r\nà vous")
        await seat.press("tab", "o")
        outgoing = room.outbox()[0].outgoing
        assert outgoing is not None
        assert outgoing.text.endswith("bonjour[2J\nà vous")


async def test_a_resize_keeps_what_is_being_written(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Bonjour")
        await seat.pilot.resize_terminal(45, 20)
        await seat.pilot.resize_terminal(80, 24)
        await seat.settle()
        assert "Bonjour" in seat.text()


async def test_silence_is_an_answer_too(room: Room) -> None:
    keys = room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("r")
        offers = [offer.kind for offer in seat.screen.offers]  # type: ignore[attr-defined]  # the writing screen's own
        await seat.press(*["j"] * offers.index("silence"), "tab", "o")
        assert room.outbox() == []
        assert room.state(keys[0]) == "done"


async def test_c_p_publishes_a_notice(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("c", "p")
        assert "Calming notice" in seat.text()
        await seat.press("j", "enter", "x", "tab")
        await seat.press("escape", "escape")
        assert room.outbox() == []


async def test_c_t_opens_a_thread_with_its_house_comment_and_at_most_ten_invitations(room: Room) -> None:
    room.arrive(*(f"texte {n}" for n in range(14)))
    async with seated(room) as seat:
        await seat.press("v", "G", "v", "c", "t")
        assert "14 people selected: the first 10 are invited" in seat.text()
        await seat.press("tab", "o")
        kinds = [entry.kind for entry in room.outbox()]
        assert kinds == [Kind.THREAD, Kind.HOUSE_COMMENT, *[Kind.INVITATION] * 10]
        house = room.outbox()[1].outgoing
        assert house is not None
        assert "$link" in house.text


async def test_hiding_asks_for_a_reason(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("m", "h")
        assert "Hide 1 comment: why?" in seat.text()
        await seat.press("escape")
        assert room.outbox() == []
        await seat.press("m", "h", "j", "enter")
        (entry,) = room.outbox()
        assert (entry.kind, entry.reason.partition(" [")[0]) == (Kind.HIDE, "hate or discrimination")


async def test_hiding_more_than_twenty_asks_for_their_number(room: Room) -> None:
    room.arrive(*(f"texte {n}" for n in range(25)))
    async with seated(room) as seat:
        await seat.press("v", "G", "v", "m", "h", "enter", "7", "enter")
        assert room.outbox() == []
        await seat.press("v", "g", "v", "m", "h", "enter", *"25", "enter")
        assert len(room.outbox()) == 25


async def test_q_asks_while_something_is_pending_and_only_o_or_y_leave(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Non", "tab", "o", "q")
        assert "1 sending waits" in seat.text()
        await seat.press("enter", "q")
        assert not seat.app._exit
        await seat.press("n", "j")
        assert "1 sending waits" not in seat.text()
        await seat.press("q")
        await seat.pilot.press("o")
    assert seat.app.return_value == 0


async def test_the_quit_question_follows_what_waits(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Non", "tab", "o", "q")
        assert "1 sending waits" in seat.text()
        await room.sit().undo()
        await seat.settle()
        assert "1 sending waits" not in seat.text()
        assert "Nothing waits any more. Leave?" in seat.text()
        await seat.press("n", "j")
        assert "Leave?" not in seat.text()


async def test_the_outbox_shows_what_waits_and_takes_it_back(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Non", "tab", "o", "O")
        assert "leaves in 10 s" in seat.text()
        await seat.press("z")
        assert "taken back" in seat.text()


async def test_a_paste_on_the_list_is_swallowed_and_said(room: Room) -> None:
    keys = room.arrive("un")
    async with seated(room) as seat:
        await seat.paste("eeee")
        assert "A paste was swallowed" in seat.text()
        assert room.state(keys[0]) == "new"


async def test_six_different_act_keys_at_once_are_swallowed(room: Room) -> None:
    keys = room.arrive("un")
    async with seated(room) as seat:
        await seat.burst(*"eabRfwH")
        assert "Many keys at once were swallowed" in seat.text()
        assert room.state(keys[0]) == "new"
        assert room.outbox() == []


async def test_motions_in_one_packet_are_honest(room: Room) -> None:
    keys = room.arrive(*(f"texte {n}" for n in range(10)))
    async with seated(room) as seat:
        await seat.burst(*"jjjjjjj")
        assert seat.inbox.list.key == keys[2]


async def test_a_command_typed_ahead_goes_where_it_was_meant(room: Room) -> None:
    keys = room.arrive("un", "deux")
    async with seated(room) as seat:
        await seat.burst(":", *"done", "enter", "j")
        assert room.state(keys[1]) == "done"


async def test_a_filter_typed_in_one_packet_filters(room: Room) -> None:
    room.arrive(*(f"texte {n}" for n in range(10)))
    async with seated(room) as seat:
        await seat.burst("/", *"author:author7")
        assert "swallowed" not in seat.text()
        assert "/author:author7" in seat.text()
        assert seat.inbox.list.total == 1


async def test_a_filter_typed_right_after_an_act_filters(room: Room) -> None:
    keys = room.arrive(*(f"texte {n}" for n in range(10)))
    async with seated(room) as seat:
        await seat.burst("e", "/", *"author:author7", "enter")
        assert room.state(keys[9]) == "done"
        assert seat.inbox.list.total == 1


async def test_a_reply_typed_in_one_packet_is_written(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.burst("R", *"abefwzH")
        assert "swallowed" not in seat.text()
        assert "abefwzH" in seat.text()


async def test_a_sequence_typed_in_one_packet_goes_on_in_its_screen(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.burst("c", "p", "j", "enter", *"abefwzH")
        assert "abefwzH" in seat.text()
        assert room.outbox() == []


async def test_the_rule_counts_down_with_the_outbox_and_is_empty_once_it_has_left(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Merci", "tab", "o")
        assert "reply · leaves in 10 s · z takes it back" in seat.text()
        room.now += timedelta(seconds=6)
        await seat.settle()
        assert "reply · leaves in 4 s · z takes it back" in seat.text()
        room.now += timedelta(seconds=5)
        await seat.settle()
        assert "z takes it back" not in seat.text()


async def test_nothing_is_said_to_leave_while_everything_is_held(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Merci", "tab", "o")
        await seat.inbox.desk.hold(held=True)
        await seat.settle()
        assert "leaves in" not in seat.text()
