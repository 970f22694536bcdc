"""What every scheduled job is called on pages."""

from typing import Final

JOB_WORDS: Final = {
    "begin-and-finish-cohorts": "Begin and finish groups",
    "compose-access": "Put answers to access requests together",
    "hand-vetoes-over": "Hand vetoes over",
    "list-erased-people": "List erased people",
    "list-the-erased": "List erased survivors",
    "look-for-tasks": "Look for tasks",
    "note-corrections": "Note corrections to published figures",
    "notice-who-cannot-finish": "Find who can no longer finish",
    "react-to-facts": "Open tasks and notices",
    "send-her-messages": "Send messages to survivors",
    "send-messages": "Send messages",
    "send-notices": "Send safety notices across",
    "show-notices": "Show notices whose moment has come",
    "write-messages": "Write messages",
}
