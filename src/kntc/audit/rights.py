"""What a post may do. Rights are few and in plain words; which role has which stands in accounts/roles.py."""

from django.db.models import TextChoices


class Right(TextChoices):
    READ = "read", "xem sổ đơn, sổ tiếp công dân và số liệu"
    READ_CONTENT = "read_content", "xem nội dung đơn và người viết đơn"
    REGISTER = "register", "tiếp nhận đơn, ghi lượt tiếp công dân"
    HANDLE = "handle", "xử lý, giải quyết đơn"
    CORRECT = "correct", "sửa thông tin đã nhập"
    VOID = "void", "hủy đơn nhập sai"
    RESTORE = "restore", "khôi phục đơn đã hủy"
    IMPORT = "import", "nhập sổ theo dõi từ tệp Excel"
    EXPORT = "export", "kết xuất danh sách ra Excel"
    REPORT = "report", "xem, kết xuất báo cáo, biểu thống kê"
    PROPOSE_BODY = "propose_body", "đề nghị bổ sung cơ quan vào danh mục"
    ASSIGN = "assign", "giao việc cho người khác"
    MANAGE_ACCOUNTS = "manage_accounts", "quản trị tài khoản của đơn vị"
    OPEN_VAULT = "open_vault", "mở thông tin người tố cáo được giữ bí mật"
    READ_AUDIT = "read_audit", "xem nhật ký thao tác"
